namespace Recite.Fuzz;

/// <summary>Something that reads bytes from strangers. Whatever the bytes, it ends in an answer or in a ReciteException.</summary>
public interface IFuzzTarget
{
    /// <summary>Name on the command line and of its folder of inputs.</summary>
    string Name { get; }

    /// <summary>Reads one input. Any exception is a find.</summary>
    void Run(ReadOnlySpan<byte> input);

    /// <summary>Inputs to start from, made here, by file name.</summary>
    IEnumerable<(string Name, byte[] Input)> Seeds();
}
