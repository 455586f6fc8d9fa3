namespace Recite.Cli.Commands;

/// <summary>What <c>recite init</c> writes.</summary>
internal static class InitFiles
{
    /// <summary>A configuration that says what each key is for.</summary>
    public const string Config = """
        # What 'recite audit' does. Every key has an option or a default; 'recite config show' says what holds and why.

        # The model under audit: onnx:DIR, http://host:port/v1#MODEL, openai:NAME, anthropic:NAME or replay:outputs.jsonl.
        targets: ["http://127.0.0.1:8080/v1#my-model"]

        # The training data, as made by: recite index build YOUR-TEXTS/ -o corpus.rix
        corpus: ./corpus.rix

        # Texts of the same kind that the model never saw: the control that says what a model does without memory.
        # heldOut: ./never-trained.jsonl

        # A model that never saw the corpus: the strongest control.
        # baseline: "onnx:./models/before"

        probes:
          - prefix: { samples: 500, prefix: 200c, suffix: 200c, offset: random, repeat: 1, seed: 7 }

        match: { minLength: 150c }

        # What must hold, judged on the unfavourable end of the interval: pass, fail or inconclusive.
        gates: ["extraction-rate <= 1%"]

        # What may be spent; attempts that were made stay, and 'recite audit --resume' goes on.
        budget: { tokens: 2M }

        report: [report.html]

        """;

    /// <summary>The variables that targets look for.</summary>
    public const string EnvironmentExample = """
        # Copy this to .env and fill in what your targets need. Never commit .env.
        OPENAI_API_KEY=
        # OPENAI_BASE_URL=https://api.openai.com/v1
        ANTHROPIC_API_KEY=
        # ANTHROPIC_BASE_URL=https://api.anthropic.com
        # The key of an http:// or https:// target, if its server wants one.
        RECITE_API_KEY=

        """;

    /// <summary>What is not to be committed: results, indexes and keys.</summary>
    public static readonly string[] Ignored = ["runs/", "*.rix/", ".env"];
}
