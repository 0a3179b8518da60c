using System.Numerics.Tensors;
using DailyPapers.Lab.Optimization.AttentionSvm;

namespace DailyPapers.Lab.Tests.Optimization.AttentionSvm;

public sealed class SoftmaxAttentionTests
{
    private static double[] Normal(int count, double scale, int seed)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var generator = new Seed(seed).ToGenerator();
        return [.. (TorchSharp.torch.randn(count, dtype: TorchSharp.torch.float64, generator: generator) * scale).data<double>()];
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void The_gradient_is_that_of_the_loss(double size)
    {
        var problem = AttentionProblem.Random(3, 4, 5, new Seed(1));
        var weights = Normal(25, size, 2);
        var gradient = new double[25];
        var scale = SoftmaxAttention.ScaledGradient(problem, weights, gradient);
        for (var k = 0; k < weights.Length; k++)
        {
            const double step = 1e-5;
            var (above, below) = ((double[])weights.Clone(), (double[])weights.Clone());
            (above[k], below[k]) = (above[k] + step, below[k] - step);
            var difference = (SoftmaxAttention.Loss(problem, above) - SoftmaxAttention.Loss(problem, below)) / (2 * step);
            Assert.Equal(difference, gradient[k] * Math.Exp(-scale), 1e-8);
        }
    }

    [Fact]
    public void The_gradient_keeps_its_direction_where_exponentials_underflow()
    {
        var problem = AttentionProblem.Random(3, 4, 6, new Seed(3));
        var direction = AttentionMargin.Frobenius(problem, problem.OptimalTokens())!;
        var gradient = new double[36];
        double[] weights = [.. direction.Select(value => 5000 * value)];
        Assert.Equal(5000, SoftmaxAttention.ScaledGradient(problem, weights, gradient), 1e-4);
        Assert.True(TensorPrimitives.Norm<double>(gradient) > 1e-3);
        // Growing along the margin direction lowers the loss.
        Assert.True(TensorPrimitives.Dot<double>(gradient, direction) < 0);
    }

    [Fact]
    public void Attention_is_uniform_without_weights_and_certain_with_large_ones()
    {
        var problem = AttentionProblem.Random(3, 5, 6, new Seed(4));
        Assert.All(SoftmaxAttention.Probabilities(problem, new double[36]), share => Assert.Equal(0.2, share, 1e-12));
        int[] selected = [4, 0, 2];
        var weights = AttentionMargin.Frobenius(problem, selected)!.Select(value => 1e6 * value).ToArray();
        var (found, least) = SoftmaxAttention.Selection(problem, weights);
        Assert.Equal(selected, found);
        Assert.Equal(1, least, 1e-12);
    }

    [Fact]
    public void Factors_follow_the_chain_rule()
    {
        var problem = AttentionProblem.Random(3, 4, 5, new Seed(5));
        double[] keys = Normal(15, 0.5, 6), queries = Normal(15, 0.5, 7);
        double Loss(double[] k) => SoftmaxAttention.Loss(problem, new FactoredWeights(k, queries, 3).Combined);
        // A step's change of the loss is −η(‖∇_K‖ + ‖∇_Q‖) to first order: here with Q's part taken by differences as well.
        double Norm(double[] factor, Func<double[], double> loss) => Math.Sqrt(Enumerable.Range(0, factor.Length).Sum(k =>
        {
            var (above, below) = ((double[])factor.Clone(), (double[])factor.Clone());
            (above[k], below[k]) = (above[k] + 1e-5, below[k] - 1e-5);
            return Math.Pow((loss(above) - loss(below)) / 2e-5, 2);
        }));
        var expected = Norm(keys, Loss) + Norm(queries, q => SoftmaxAttention.Loss(problem, new FactoredWeights(keys, q, 3).Combined));
        const double step = 1e-5;
        var weights = new FactoredWeights(keys, queries, 3);
        weights.Step(problem, step);
        Assert.Equal(-expected, (SoftmaxAttention.Loss(problem, weights.Combined) - Loss(keys)) / step, 1e-4);
    }

    [Fact]
    public void A_step_has_the_length_asked_for_and_lowers_the_loss()
    {
        var problem = AttentionProblem.Random(4, 4, 6, new Seed(8));
        var start = Normal(36, 0.1, 9);
        var weights = new CombinedWeights(start);
        weights.Step(problem, 0.1);
        Assert.Equal(0.1, TensorPrimitives.Distance<double>(start, weights.Combined), 1e-12);
        Assert.True(SoftmaxAttention.Loss(problem, weights.Combined) < SoftmaxAttention.Loss(problem, start));
    }

    [Fact]
    public void Equal_losing_scores_lead_to_the_best_tokens_margin()
    {
        // The paper's condition for global convergence: in every sequence all tokens but the best have one score.
        const int n = 3, length = 4, d = 8;
        double[] tokens = Normal(n * length * d, 1, 10), queries = Normal(n * d, 1, 11);
        int[] best = [2, 0, 3];
        var scores = new double[n * length];
        for (var i = 0; i < n; i++)
            scores[i * length + best[i]] = 1;
        var problem = new AttentionProblem(tokens, queries, scores, length, d);
        Assert.Equal(best, problem.OptimalTokens());
        var weights = new CombinedWeights(new double[d * d]);
        for (var step = 0; step < 4000; step++)
            weights.Step(problem, 0.1);
        Assert.Equal(best, SoftmaxAttention.Selection(problem, weights.Combined).Selected);
        Assert.InRange(AttentionMargin.Correlation(weights.Combined, AttentionMargin.Frobenius(problem, best)!), 0.999, 1);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AttentionProblem(new double[12], new double[4], new double[5], 3, 2));
        Assert.Throws<ArgumentException>(() => new AttentionProblem([double.NaN, 1], [1], [1, 1], 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AttentionProblem.Random(1, 1, 3, new Seed(1)));
        var problem = AttentionProblem.Random(2, 3, 4, new Seed(1));
        Assert.Throws<ArgumentException>(() => SoftmaxAttention.Loss(problem, new double[15]));
        Assert.Throws<ArgumentException>(() => SoftmaxAttention.ScaledGradient(problem, new double[16], new double[4]));
        Assert.Throws<ArgumentException>(() => AttentionMargin.Constraints(problem, [0, 3]));
        Assert.Throws<ArgumentException>(() => new FactoredWeights(new double[8], new double[6], 2));
    }
}
