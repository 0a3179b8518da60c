using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.PromptEngineeringPacBayes;

/// <summary>Labels that mean nothing: what prompts and what a small network on the same vectors can fit (claim 4).</summary>
internal static class RandomLabels
{
    internal static readonly int[] Sizes = [100, 300, 1000, 3000];

    /// <summary>The size at which the claims are decided.</summary>
    internal const int Decisive = 1000;

    private const int Neurons = 512;
    private const int Steps = 400;

    // #region fit
    /// <summary>Training errors on random labels: of prompts found by the greedy search, and of a perceptron on the image vectors.</summary>
    internal static (double Prompts, double Network) Fit(PromptTask task, int count, Seed seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (images, _) = task.Sample(count, seed.Stream("images"));
        var random = seed.Stream("labels").ToRandom();
        var labels = tensor(Enumerable.Range(0, count).Select(_ => (long)random.Next(PromptTask.Classes)).ToArray());
        var prompts = task.Error(images, labels, task.Search(images, labels));

        seed.Stream("network").SeedTorch();
        using var network = nn.Sequential(nn.Linear(images.shape[1], Neurons), nn.ReLU(), nn.Linear(Neurons, PromptTask.Classes));
        using var optimizer = optim.Adam(network.parameters(), 1e-2);
        for (var step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.call(images), labels).backward();
            optimizer.step();
        }
        using var withoutGradients = no_grad();
        return (prompts, network.call(images).argmax(1).ne(labels).to(float64).mean().item<double>());
    }
    // #endregion fit
}
