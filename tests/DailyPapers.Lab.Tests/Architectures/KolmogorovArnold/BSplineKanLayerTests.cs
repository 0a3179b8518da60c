using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.KolmogorovArnold;
using DailyPapers.Lab.Architectures.Serialization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.KolmogorovArnold;

public sealed class BSplineKanLayerTests
{
    [Fact]
    public void Splines_are_not_negative_and_sum_to_1_within_the_grid() =>
        (from grid in Gen.Int[1, 9] from order in Gen.Int[0, 4] from x in Gen.Double[-1, 0.999] select (grid, order, x)).Sample(each =>
        {
            using var scope = NewDisposeScope();
            var splines = BSplineBasis.At(tensor(new[] { each.x }), tensor(BSplineBasis.Knots(each.grid, each.order, -1, 1)), each.order);
            Assert.Equal([1L, each.grid + each.order], splines.shape);
            Assert.True(splines.min().item<double>() >= -1e-12);
            Assert.Equal(1, splines.sum().item<double>(), 1e-12);
        }, iter: 100);

    [Fact]
    public void A_cubic_spline_has_its_closed_form()
    {
        using var scope = NewDisposeScope();
        // Knots 0, 1, ..., 4 carry one cubic spline; by symmetry its first half suffices.
        var knots = arange(0, 5, dtype: float64);
        var xs = linspace(0, 4, 41, dtype: float64);
        var spline = BSplineBasis.At(xs, knots, 3).squeeze(-1).data<double>().ToArray();
        for (var i = 0; i < 40; i++)
        {
            var x = Math.Min(i / 10.0, 4 - i / 10.0);
            var expected = x <= 1 ? x * x * x / 6 : (4 - 6 * Math.Pow(2 - x, 2) + 3 * Math.Pow(2 - x, 3)) / 6;
            Assert.Equal(expected, spline[i], 1e-12);
        }
    }

    [Fact]
    public void Gradients_are_finite_differences()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var layer = new BSplineKanLayer(3, 2, dtype: float64);
        var x = (rand(5, 3, dtype: float64) * 1.8 - 0.9).requires_grad_();
        layer.call(x).square().sum().backward();
        var exact = x.grad!.flatten().data<double>().ToArray();
        using var free = no_grad();
        for (var i = 0; i < exact.Length; i++)
        {
            var element = x.detach().view(-1)[i];
            element.add_(1e-6);
            var above = layer.call(x).square().sum().item<double>();
            element.sub_(2e-6);
            var below = layer.call(x).square().sum().item<double>();
            element.add_(1e-6);
            Assert.Equal(exact[i], (above - below) / 2e-6, 1e-6);
        }
    }

    [Fact]
    public void Counts_shapes_types_and_files_hold()
    {
        using var scope = NewDisposeScope();
        using var layer = new BSplineKanLayer(6, 4, gridSize: 5, splineOrder: 3);
        Assert.Equal(6 * 4 * (5 + 3 + 1) + 4, ModelCost.Parameters(layer));
        Assert.Equal(7 * 6 * 4 * (5 + 3 + 1), ModelCost.MultiplyAdds(layer, zeros(7, 6)));
        Assert.StartsWith("input: expected (..., 6), got (2, 5)", Assert.Throws<ArgumentException>(() => layer.call(ones(2, 5))).Message, StringComparison.Ordinal);
        using var meta = new BSplineKanLayer(6, 4, device: META);
        Assert.Equal([2L, 3L, 4L], meta.call(empty(2, 3, 6, device: META)).shape);
        using var wide = new BSplineKanLayer(6, 4, dtype: float64);
        Assert.Equal(float64, wide.call(ones(2, 6, dtype: float64)).dtype);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "spline.safetensors");
            using var other = new BSplineKanLayer(6, 4);
            layer.SaveSafetensors(file);
            other.LoadSafetensors(file);
            var input = ones(2, 6) * 0.3;
            Assert.True(layer.call(input).eq(other.call(input)).all().item<bool>());
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
