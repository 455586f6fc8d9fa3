using System.CommandLine;
using Recite.Indexing;

namespace Recite.Cli.Settings;

/// <summary>
/// An option of a command that may also be given by an environment variable (<c>RECITE_</c> and the option's name) and,
/// where it has a key, by <c>recite.yaml</c>. Values are understood in one place, whoever wrote them.
/// </summary>
internal abstract class Setting
{
    private protected Setting(Option option, string? key, string defaultText)
    {
        Option = option;
        Key = key;
        DefaultText = defaultText;
        Variable = "RECITE_" + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();
    }

    /// <summary>The option on the command line.</summary>
    public Option Option { get; }

    /// <summary>The environment variable, for instance <c>RECITE_MIN_LENGTH</c>.</summary>
    public string Variable { get; }

    /// <summary>The key in <c>recite.yaml</c> with dots between the levels, if it has one.</summary>
    public string? Key { get; }

    /// <summary>The default in words; empty where nothing is the default.</summary>
    public string DefaultText { get; }

    /// <summary>Whether the option may be repeated; a variable then holds several values separated by semicolons.</summary>
    public bool IsList { get; protected init; }

    /// <summary>Whether it is a switch without a value.</summary>
    public bool IsFlag { get; protected init; }

    /// <summary>Fails with one sentence when the texts cannot be understood.</summary>
    public abstract void Check(SettingText text);
}

/// <summary>A setting whose text is understood as <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The type of its value.</typeparam>
internal sealed class Setting<T> : Setting
{
    private readonly Func<IReadOnlyList<string>, T> _read;

    /// <summary>Creates the setting; the readers in <see cref="SettingReaders"/> throw <see cref="FormatException"/> with the end of a sentence.</summary>
    public Setting(Option option, Func<IReadOnlyList<string>, T> read, T defaultValue, string defaultText = "", string? key = null)
        : base(option, key, defaultText)
    {
        _read = read;
        Default = defaultValue;
        IsFlag = option.Arity.MaximumNumberOfValues == 0;
        IsList = option.Arity.MaximumNumberOfValues > 1;
    }

    /// <summary>The value where nobody gave one.</summary>
    public T Default { get; }

    /// <summary>The value of a text, wherever it was written.</summary>
    /// <exception cref="ReciteException">The text cannot be understood.</exception>
    public T Read(SettingText text)
    {
        try
        {
            return _read(text.Values);
        }
        catch (FormatException e)
        {
            throw new ReciteException($"{text.Origin.Name}: {e.Message}.", e);
        }
    }

    /// <inheritdoc/>
    public override void Check(SettingText text) => Read(text);
}
