using DailyPapers.Lab.Architectures.Lipschitz;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.LipschitzTransformers;

/// <summary>Small language models with a certified bound on a text: loss, accuracy, bound, observed slopes.</summary>
internal sealed class TransformerExperiment : IDisposable
{
    private const int Window = 32;
    private const int BatchSize = 16;
    private const int Held = 256;

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _train; // (windows, Window + 1)
    private readonly Tensor _test;
    private readonly LipschitzTransformerOptions _options;
    private readonly Seed _seed;

    internal TransformerExperiment(int dim, Seed seed)
    {
        _seed = seed;
        var text = GrammarText.OfUserOr(200_000, seed.Stream("text"));
        _options = new(text.Symbols.Count, dim, Depth: 2, Heads: 4);
        var windows = text.Tokens.Count / (Window + 1);
        var all = tensor(text.Tokens.Take(windows * (Window + 1)).ToArray()).view(windows, Window + 1);
        // The end of the text is held back.
        (_train, _test) = (all[..(windows - Held)], all[(windows - Held)..]);
    }

    /// <param name="Loss">Test loss (nats a letter).</param>
    /// <param name="Accuracy">Share of next letters that are guessed (%).</param>
    /// <param name="LogBound">Natural logarithm of the certified bound, largest root mean square of a token.</param>
    /// <param name="Slope">The largest observed slope over the bound.</param>
    internal sealed record Outcome(double Loss, double Accuracy, double LogBound, double Slope);

    /// <summary>Trains and measures; initial weights and batches are the same for all methods.</summary>
    internal Outcome Measure(Method method, int steps, double stepSize, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        _seed.Stream("weights").SeedTorch();
        using var model = new LipschitzTransformer(_options);
        var batches = new ShuffledBatches((int)_train.shape[0], BatchSize, _seed.Stream("batches"));
        method.Train(model.Matrices, model.Embedding, batches, steps, stepSize, rows => Loss(_train.index_select(0, rows)), cancellation);

        using var frozen = no_grad();
        var logits = model.call(_test[.., ..Window]);
        var next = _test[.., 1..];
        var accuracy = 100 * logits.argmax(2).eq(next).to(float64).mean().item<double>();
        var radius = model.LargestEmbedding();
        var bound = model.Bound(radius);
        return new(Loss(_test).item<float>(), accuracy, Math.Log(bound), Slope(model, radius) / bound);

        Tensor Loss(Tensor rows) =>
            nn.functional.cross_entropy(model.call(rows[.., ..Window]).flatten(0, 1), rows[.., 1..].flatten());
    }

    public void Dispose() => _scope.Dispose();

    // Pairs of texts, short random steps, and steps found by ascent, all inside the radius for which the bound holds.
    private double Slope(LipschitzTransformer model, double radius)
    {
        using var scope = NewDisposeScope();
        using var generator = _seed.Stream("directions").ToGenerator();
        var x = Inside(nn.functional.one_hot(_test[..32, ..Window], _options.Vocabulary).to(float32).matmul(model.Embedding));
        var worst = Ratio(x, x.roll(1, 0));
        var step = randn(x.shape, generator: generator);
        for (var ascent = 0; ascent < 20; ascent++)
        {
            using var inner = NewDisposeScope();
            worst = Math.Max(worst, Ratio(x, Inside(x + step / Size(step) * 0.05)));
            using var gradients = enable_grad();
            var leaf = (step / Size(step)).detach().requires_grad_(true);
            var stretched = (model.OfEmbedded(x + leaf * 0.05) - model.OfEmbedded(x)).square().mean([2L]).amax([1L]).sum();
            step = (step / Size(step) + autograd.grad([stretched], [leaf])[0].sign() * 0.3).detach().MoveToOuterDisposeScope();
        }
        return worst;

        double Ratio(Tensor a, Tensor b) => ((model.OfEmbedded(a) - model.OfEmbedded(b)).square().mean([2L]).sqrt().amax([1L]) / (a - b).square().mean([2L]).sqrt().amax([1L])).max().item<float>();
        Tensor Inside(Tensor values) => values / (values.square().mean([2L], keepdim: true).sqrt() / radius).clamp_min(1);
        static Tensor Size(Tensor values) => values.square().mean([2L]).sqrt().amax([1L]).view(-1, 1, 1);
    }
}
