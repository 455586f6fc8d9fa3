using System.Diagnostics;
using Recite.Lab.Model;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Recite.Lab.Training;

/// <summary>What training left behind besides the weights.</summary>
internal sealed record TrainingResult(int TokensPerEpoch, int Steps, IReadOnlyList<double> LossByEpoch, TimeSpan Elapsed);

/// <summary>AdamW (Loshchilov and Hutter 2019) with linear warm-up and cosine decay to a tenth, no dropout.</summary>
internal sealed class Trainer(Recipe recipe, Llama model, TextWriter progress)
{
    public TrainingResult Train(TokenStream stream)
    {
        var clock = Stopwatch.StartNew();
        int stepsPerEpoch = (stream.ContextsPerEpoch + recipe.BatchContexts - 1) / recipe.BatchContexts;
        int steps = stepsPerEpoch * recipe.Epochs;
        using optim.Optimizer optimizer = optim.AdamW(model.Parameters.Values, recipe.LearningRate, beta1: 0.9, beta2: 0.95, weight_decay: recipe.WeightDecay);
        var lossByEpoch = new List<double>();
        int step = 0;
        for (int epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            double loss = 0;
            foreach (long[][] batch in stream.NextEpoch().Chunk(recipe.BatchContexts))
            {
                foreach (ParamGroup group in optimizer.ParamGroups)
                    group.LearningRate = LearningRate(step, steps);
                loss += Step(batch, optimizer);
                if (++step % 100 == 0)
                    progress.WriteLine($"step {step}/{steps}, loss {loss / (step - (epoch * stepsPerEpoch)):F3}, {step * (double)(recipe.BatchContexts * recipe.ContextTokens) / clock.Elapsed.TotalSeconds:F0} tokens/s");
            }

            lossByEpoch.Add(loss / stepsPerEpoch);
            progress.WriteLine($"epoch {epoch + 1}: mean loss {lossByEpoch[^1]:F3} after {clock.Elapsed.TotalSeconds:F0} s");
        }

        return new TrainingResult(stream.TokensPerEpoch, steps, lossByEpoch, clock.Elapsed);
    }

    private double Step(long[][] batch, optim.Optimizer optimizer)
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor contexts = tensor([.. batch.SelectMany(context => context)], [batch.Length, recipe.ContextTokens + 1]);
        Tensor logits = model.Forward(contexts.narrow(1, 0, recipe.ContextTokens));
        Tensor targets = contexts.narrow(1, 1, recipe.ContextTokens).reshape(-1);
        Tensor loss = nn.functional.cross_entropy(logits.view(-1, logits.shape[2]), targets);
        optimizer.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(model.Parameters.Values, 1.0);
        optimizer.step();
        return loss.item<float>();
    }

    private double LearningRate(int step, int steps)
    {
        if (step < recipe.WarmupSteps)
            return recipe.LearningRate * (step + 1) / recipe.WarmupSteps;
        double done = (double)(step - recipe.WarmupSteps) / Math.Max(1, steps - recipe.WarmupSteps);
        return recipe.LearningRate * (0.1 + (0.45 * (1 + Math.Cos(Math.PI * done))));
    }
}
