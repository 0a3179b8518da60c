using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.HyperparameterTuning;

namespace DailyPapers.Lab.Tests.Generalization.HyperparameterTuning;

public sealed class DualUtilityTests
{
    private static readonly double[] _alphas = [.. Enumerable.Range(0, 400).Select(i => (i + 0.37) / 400)];

    [Fact]
    public void Exact_duals_agree_with_brute_force()
    {
        for (var task = 0; task < 8; task++)
        {
            var random = new Seed(task).ToRandom();
            foreach (IMarginTask made in new IMarginTask[] { Network(random, 9), Graph(random, 9) })
            {
                var exact = DualUtility.Exact(made);
                Assert.Equal(DualUtility.Evaluate(made, _alphas), _alphas.Select(exact.At), (left, right) => Math.Abs(left - right) < 1e-12);
            }
        }
    }

    [Fact]
    public void Margins_of_the_network_are_those_of_its_activation()
    {
        var random = new Seed(5).ToRandom();
        var (points, labels) = new TwoMoons(0.3, 0.2).Sample(6, random);
        var grid = new WeightGrid(5);
        var task = new InterpolatedNetworkTask(points, labels, InterpolatedActivation.ReluSquare, grid);
        var (constant, linear, quadratic) = (new double[6], new double[6], new double[6]);
        for (var setting = 0; setting < grid.Count; setting++)
        {
            task.Margins(setting, constant, linear, quadratic);
            var (w1, w2, w3) = grid.At(setting);
            foreach (var alpha in new[] { 0, 0.3, 1 })
            {
                for (var i = 0; i < 6; i++)
                {
                    var score = InterpolatedActivation.ReluSquare.Evaluate(alpha, w1 * points[i].X1 + w2 * points[i].X2 + w3)
                        - InterpolatedActivation.ReluSquare.Evaluate(alpha, w1 * points[i].X2 - w2 * points[i].X1);
                    Assert.Equal(labels[i] * score, constant[i] + alpha * (linear[i] + alpha * quadratic[i]), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void An_interpolated_activation_has_its_two_ends()
    {
        foreach (var z in new[] { -1.5, 0, 0.7 })
        {
            Assert.Equal(Math.Max(0, z), InterpolatedActivation.ReluSquare.Evaluate(1, z));
            Assert.Equal(z * z, InterpolatedActivation.ReluSquare.Evaluate(0, z));
        }
    }

    [Fact]
    public void A_turned_sample_is_the_sample_turned()
    {
        var (straight, labels) = new TwoMoons(0, 0.1).Sample(40, new Seed(1).ToRandom());
        var (turned, _) = new TwoMoons(Math.PI / 2, 0.1).Sample(40, new Seed(1).ToRandom());
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(-straight[i].X2, turned[i].X1, 1e-12);
            Assert.Equal(straight[i].X1, turned[i].X2, 1e-12);
        }
        Assert.Equal(0, labels.Sum());
        var (clean, _) = new TwoMoons(0, 0).Sample(40, new Seed(1).ToRandom());
        for (var i = 0; i < 40; i++)
            Assert.Equal(1, Math.Pow(clean[i].X1 + 0.5 * labels[i], 2) + Math.Pow(clean[i].X2 + 0.25 * labels[i], 2), 1e-12);
    }

    [Fact]
    public void Maxima_over_boxes_stay_within_two_jumps_a_box_and_nested_ones_attain_it()
    {
        var random = new Seed(2).ToRandom();
        for (var trial = 0; trial < 200; trial++)
        {
            Assert.InRange(BoxPartition.Scatter(20, random).Maximum().Jumps, 1, 40);
            Assert.InRange(BoxPartition.Cut(20, 2, random).Maximum().Jumps, 0, 19);
        }
        Assert.Equal(40, BoxPartition.Pyramid(20).Maximum().Jumps);
        var boxes = BoxPartition.Scatter(20, random);
        foreach (var alpha in _alphas)
            Assert.Equal(boxes.Boxes.Where(box => box.Start <= alpha && alpha < box.End).Select(box => box.Value).DefaultIfEmpty(0).Max(), boxes.Maximum().At(alpha));
    }

    [Fact]
    public void The_selected_hyperparameter_maximises_the_mean()
    {
        PiecewiseConstant[] duals = [new(0, 1, [0.5], [0, 1]), new(0, 1, [0.75], [1, 0]), new(0, 1, [0.25], [0, 1])];
        Assert.Equal(0.625, ErmHyperparameter.Select(duals), 1e-12);
    }

    [Fact]
    public void Labels_and_shapes_are_checked()
    {
        var grid = new WeightGrid(3);
        Assert.Throws<ArgumentException>(() => new InterpolatedNetworkTask([(0, 0)], [0], InterpolatedActivation.ReluSquare, grid));
        Assert.Throws<ArgumentException>(() => new InterpolatedNetworkTask([(0, 0)], [1, 1], InterpolatedActivation.ReluSquare, grid));
        Assert.Throws<ArgumentException>(() => new GraphKernelTask(new double[,] { { -1 } }, [(0, 0)], [1], grid));
        Assert.Throws<ArgumentException>(() => new GraphKernelTask(new double[2, 2], [(0, 0)], [1], grid));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightGrid(1));
    }

    private static InterpolatedNetworkTask Network(Random random, int grid)
    {
        var (points, labels) = new TwoMoons(random.NextDouble(), 0.3).Sample(12, random);
        return new(points, labels, InterpolatedActivation.ReluSquare, new WeightGrid(grid));
    }

    private static GraphKernelTask Graph(Random random, int grid)
    {
        var similarities = new double[10, 10];
        for (var i = 0; i < 10; i++)
            for (var j = 0; j < 10; j++)
                similarities[i, j] = random.NextDouble();
        return new(
            similarities, [.. Enumerable.Range(0, 10).Select(_ => (random.NextDouble() - 0.5, random.NextDouble() - 0.5))],
            [.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? 1 : -1)], new WeightGrid(grid));
    }
}
