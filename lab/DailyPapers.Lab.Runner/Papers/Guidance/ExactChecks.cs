using DailyPapers.Lab.Training.Guidance;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>What centred kernel alignment must be (claim 5), in double precision.</summary>
internal static class ExactChecks
{
    /// <summary>The largest deviation from 1 under rotations, scalings and shifts.</summary>
    internal static double Invariance(Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var worst = 0.0;
        foreach (var (examples, features) in new[] { (40, 7), (20, 60), (64, 64) })
        {
            var x = randn([examples, features], float64, generator: generator);
            var (rotation, _) = linalg.qr(randn([features, features], float64, generator: generator));
            foreach (var scale in new[] { 1e-8, 1, 1e5 })
                worst = Math.Max(worst, Math.Abs(1 - CenteredKernelAlignment.Linear(x, x.matmul(rotation) * scale + 3 * scale).item<double>()));
        }
        return worst;
    }

    /// <summary>The largest relative deviation of the gradient from central differences in random directions.</summary>
    internal static double Gradient(Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var worst = 0.0;
        foreach (var (examples, features) in new[] { (12, 5), (6, 20) })
        {
            var x = randn([examples, features], float64, generator: generator).requires_grad_();
            var y = randn([examples, 9], float64, generator: generator);
            CenteredKernelAlignment.Linear(x, y).backward();
            var direction = randn([examples, features], float64, generator: generator);
            const double step = 1e-5;
            var difference = (CenteredKernelAlignment.Linear(x.detach() + direction * step, y) - CenteredKernelAlignment.Linear(x.detach() - direction * step, y)).item<double>() / (2 * step);
            var slope = (x.grad! * direction).sum().item<double>();
            worst = Math.Max(worst, Math.Abs(slope - difference) / Math.Abs(difference));
        }
        return worst;
    }
}
