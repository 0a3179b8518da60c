using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.Serialization;
using DailyPapers.Lab.Architectures.Transformers;
using DailyPapers.Lab.Architectures.UnifiedNormalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.UnifiedNormalization;

public sealed class UnifiedNormTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Without_smoothing_output_and_gradients_are_those_of_the_plain_version_by_autograd()
    {
        (from rows in Gen.Int[1, 4] from tokens in Gen.Int[1, 5] from dim in Gen.Int[1, 6] from seed in Gen.Int[0, 10_000] select (rows, tokens, dim, seed))
            .Sample(
                drawn =>
                {
                    using var scope = NewDisposeScope();
                    new Seed(drawn.seed).SeedTorch();
                    var norm = new UnifiedNorm(drawn.dim, new(Window: 1), dtype: float64);
                    var (input, upstream) = (randn(drawn.rows, drawn.tokens, drawn.dim, dtype: float64) * 3, randn(drawn.rows, drawn.tokens, drawn.dim, dtype: float64));
                    Draw(norm);
                    var (weight, bias) = (Part(norm, "_weight"), Part(norm, "_bias"));

                    var given = input.clone().requires_grad_();
                    var output = norm.call(given);
                    (output * upstream).sum().backward();

                    var plain = input.clone().requires_grad_();
                    var (plainWeight, plainBias) = (weight.detach().clone().requires_grad_(), bias.detach().clone().requires_grad_());
                    var expected = plainWeight * plain / (plain.square().mean([0L, 1L]) + 1e-5).sqrt() + plainBias;
                    (expected * upstream).sum().backward();

                    Assert.True(output.allclose(expected, 1e-10, 1e-10));
                    Assert.True(given.grad!.allclose(plain.grad!, 1e-8, 1e-8));
                    Assert.True(weight.grad!.allclose(plainWeight.grad!, 1e-8, 1e-8));
                    Assert.True(bias.grad!.allclose(plainBias.grad!, 1e-8, 1e-8));
                },
                iter: 30, threads: 1);
    }

    [Fact]
    public void Without_smoothing_the_gradient_is_that_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        var norm = new UnifiedNorm(3, new(Window: 1), dtype: float64);
        Draw(norm);
        var (input, upstream) = (randn(4, 3, dtype: float64).requires_grad_(), randn(4, 3, dtype: float64));
        (norm.call(input) * upstream).sum().backward();
        const double step = 1e-6;
        for (var row = 0; row < 4; row++)
            for (var channel = 0; channel < 3; channel++)
            {
                var slope = (Value(row, channel, step) - Value(row, channel, -step)) / (2 * step);
                Assert.Equal(slope, input.grad![row, channel].item<double>(), 1e-7);
            }

        double Value(int row, int channel, double change)
        {
            using var inference = no_grad();
            var moved = input.detach().clone();
            moved[row, channel] += change;
            return (norm.call(moved) * upstream).sum().item<double>();
        }
    }

    [Fact]
    public void After_the_warm_up_the_deviation_is_the_geometric_mean_over_the_window()
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        const int window = 3;
        var norm = new UnifiedNorm(2, new(window, WarmupIterations: 5, Momentum: 0.8), dtype: float64);
        var moments = new List<Tensor>();
        var running = ones(2, dtype: float64);
        for (var iteration = 1; iteration <= 9; iteration++)
        {
            var input = randn(6, 2, dtype: float64) * iteration;
            moments.Add(input.square().mean([0L]));
            var used = iteration >= 5 ? stack(moments.TakeLast(window)).log().mean([0L]).exp() : moments[^1];
            Assert.True((input / (used + 1e-5).sqrt()).allclose(norm.call(input), 1e-10, 1e-10), $"iteration {iteration}");
            running = 0.8 * running + 0.2 * used;
        }
        Assert.True(running.allclose(norm.RunningSecondMoment, 1e-10, 1e-10));
        norm.eval();
        var probe = randn(3, 2, dtype: float64);
        Assert.True((probe / (running + 1e-5).sqrt()).allclose(norm.call(probe), 1e-10, 1e-10));
        Assert.Equal(9, norm.Iterations);
    }

    [Fact]
    public void After_the_warm_up_the_gradient_subtracts_the_running_mean_of_the_averaged_products()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        const int window = 2;
        var norm = new UnifiedNorm(2, new(window, WarmupIterations: 3, Momentum: 0.7), dtype: float64);
        Draw(norm);
        var weight = Part(norm, "_weight");
        var (moments, products) = (new List<Tensor>(), new List<Tensor>());
        var running = zeros(2, dtype: float64);
        for (var iteration = 1; iteration <= 6; iteration++)
        {
            var (input, upstream) = (randn(5, 2, dtype: float64).requires_grad_(), randn(5, 2, dtype: float64));
            (norm.call(input) * upstream).sum().backward();

            moments.Add(input.detach().square().mean([0L]));
            var used = iteration >= 3 ? stack(moments.TakeLast(window)).log().mean([0L]).exp() : moments[^1];
            var normalized = input.detach() / (used + 1e-5).sqrt();
            var slope = upstream * weight.detach();
            products.Add((slope * normalized).mean([0L]));
            var averaged = iteration >= 3 ? stack(products.TakeLast(window)).mean([0L]) : products[^1];
            running = 0.7 * running + 0.3 * averaged;
            var expected = (slope - running * normalized) / (used + 1e-5).sqrt();
            Assert.True(expected.allclose(input.grad!, 1e-9, 1e-9), $"iteration {iteration}");
        }
    }

    [Fact]
    public void Gradients_are_compensated_by_the_ratio_of_deviations_within_a_fifth_and_five()
    {
        using var scope = NewDisposeScope();
        new Seed(6).SeedTorch();
        var norm = new UnifiedNorm(1, new(Window: 2, WarmupIterations: 0, Momentum: 0.99, CompensationAfter: 3), dtype: float64);
        for (var iteration = 1; iteration <= 3; iteration++)
            norm.call(ones(4, 1, dtype: float64).requires_grad_()).sum().backward();
        Part(norm, "_weight").grad!.zero_();
        var input = (100 * ones(4, 1, dtype: float64)).requires_grad_();
        norm.call(input).sum().backward();
        // σ² = √(1 · 10⁴) against a running 1: a ratio near 10, cut to 5; x̂ = 100 / 10.
        Assert.Equal(4 * 5 * 10.0, Part(norm, "_weight").grad!.item<double>(), 1e-3);
    }

    [Fact]
    public void A_batch_that_breaks_the_bound_is_normalised_by_itself_and_kept_out_of_the_window()
    {
        using var scope = NewDisposeScope();
        new Seed(7).SeedTorch();
        var options = new UnifiedNormOptions(Window: 4, WarmupIterations: 0, OutlierFiltration: true);
        var (filtered, unfiltered) = (new UnifiedNorm(3, options, dtype: float64), new UnifiedNorm(3, options with { OutlierFiltration = false }, dtype: float64));
        for (var iteration = 0; iteration < 20; iteration++)
        {
            var usual = randn(200, 3, dtype: float64);
            filtered.call(usual);
            unfiltered.call(usual);
        }
        var before = filtered.Skipped;
        var outlier = 50 * randn(200, 3, dtype: float64);
        Assert.True((outlier / (outlier.square().mean([0L]) + 1e-5).sqrt()).allclose(filtered.call(outlier), 1e-10, 1e-10));
        Assert.Equal(before + 1, filtered.Skipped);
        // One in four of the window is 2,500 times as large: σ is 2,500^(1/8), about 2.7, for this batch of deviation 50 and for the next of 1.
        Assert.InRange(unfiltered.call(outlier).square().mean().sqrt().item<double>(), 15, 23);
        var next = randn(200, 3, dtype: float64);
        Assert.InRange(filtered.call(next).square().mean().sqrt().item<double>(), 0.8, 1.2);
        Assert.InRange(unfiltered.call(next).square().mean().sqrt().item<double>(), 0.3, 0.45);
    }

    [Fact]
    public void A_batch_that_breaks_the_bound_has_the_exact_gradient_of_its_own_statistics_without_compensation()
    {
        using var scope = NewDisposeScope();
        new Seed(10).SeedTorch();
        var norm = new UnifiedNorm(3, new(Window: 4, WarmupIterations: 0, OutlierFiltration: true, CompensationAfter: 0), dtype: float64);
        Draw(norm);
        for (var iteration = 0; iteration < 20; iteration++)
            norm.call(randn(200, 3, dtype: float64).requires_grad_()).square().sum().backward();
        var (skipped, running) = (norm.Skipped, Buffer(norm, "_runningProduct").clone());
        norm.zero_grad();
        var (outlier, upstream) = ((50 * randn(200, 3, dtype: float64)).requires_grad_(), randn(200, 3, dtype: float64));
        (norm.call(outlier) * upstream).sum().backward();
        Assert.Equal(skipped + 1, norm.Skipped);

        var plain = outlier.detach().clone().requires_grad_();
        var weight = Part(norm, "_weight").detach().clone().requires_grad_();
        (weight * plain / (plain.square().mean([0L]) + 1e-5).sqrt() * upstream).sum().backward();
        Assert.True(plain.grad!.allclose(outlier.grad!, 1e-8, 1e-10));
        Assert.True(weight.grad!.allclose(Part(norm, "_weight").grad!, 1e-8, 1e-8));
        // Its place in the gradient's window is the running mean's.
        Assert.True(Buffer(norm, "_products").select(0, norm.Iterations % 4).allclose(running, 1e-12, 1e-12));
    }

    [Fact]
    public void The_input_s_gradient_is_compensated_too()
    {
        using var scope = NewDisposeScope();
        new Seed(11).SeedTorch();
        var norm = new UnifiedNorm(2, new(Window: 2, WarmupIterations: 0, Momentum: 0.5, CompensationAfter: 3), dtype: float64);
        Draw(norm);
        for (var iteration = 0; iteration < 3; iteration++)
            norm.call(randn(8, 2, dtype: float64).requires_grad_()).square().sum().backward();
        var (running, moments) = (norm.RunningSecondMoment.clone(), Buffer(norm, "_moments").clone());
        var (products, product) = (Buffer(norm, "_products").clone(), Buffer(norm, "_runningProduct").clone());
        var (input, upstream) = ((3 * randn(8, 2, dtype: float64)).requires_grad_(), randn(8, 2, dtype: float64));
        (norm.call(input) * upstream).sum().backward();

        moments[0] = input.detach().square().mean([0L]);
        var smoothed = moments.log().mean([0L]).exp() + 1e-5;
        var ratio = (smoothed / (running + 1e-5)).sqrt().clamp(0.2, 5);
        Assert.False(ratio.allclose(ones_like(ratio), 1e-2, 1e-2));
        var (normalized, slope) = (input.detach() / smoothed.sqrt(), upstream * Part(norm, "_weight").detach() * ratio);
        products[0] = (slope * normalized).mean([0L]);
        var psi = 0.5 * product + 0.5 * products.mean([0L]);
        Assert.True(((slope - psi * normalized) / smoothed.sqrt()).allclose(input.grad!, 1e-9, 1e-10));
    }

    [Fact]
    public void The_gap_of_the_means_of_one_channel_is_within_the_bound_of_its_own_window()
    {
        Gen.Double[0.001, 1000].Array[2, 12].Sample(
            values =>
            {
                using var scope = NewDisposeScope();
                var moments = tensor(values).unsqueeze(1);
                Assert.False(OutlierFiltration.IsOutlier(moments, moments));
                Assert.Equal(values.Average() - Math.Exp(values.Average(Math.Log)), OutlierFiltration.Gap(moments).item<double>(), 1e-9 * values.Max());
                Assert.True(OutlierFiltration.Gap(moments).item<double>() <= OutlierFiltration.Threshold(moments).item<double>() + 1e-12 * values.Max());
            },
            iter: 300, threads: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Folded_into_the_next_layer_the_result_is_the_same(bool batchNorm)
    {
        (from dim in Gen.Int[1, 40] from width in Gen.Int[1, 40] from bias in Gen.Bool from seed in Gen.Int[0, 10_000] select (dim, width, bias, seed)).Sample(
            drawn =>
            {
                using var scope = NewDisposeScope();
                new Seed(drawn.seed).SeedTorch();
                var norm = Norm(drawn.dim, batchNorm);
                Draw(norm);
                for (var iteration = 0; iteration < 3; iteration++)
                    norm.call(2 * randn(20, drawn.dim) + 1);
                norm.eval();
                var next = nn.Linear(drawn.dim, drawn.width, drawn.bias);
                using var inference = no_grad();
                var folded = FoldNormalization.Into((IAffineAtInference)norm, next);
                var input = randn(3, 5, drawn.dim);
                Assert.True(next.call(norm.call(input)).allclose(folded.call(input), 1e-5, 1e-5));
            },
            iter: 30, threads: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whole_models_fold(bool batchNorm)
    {
        using var scope = NewDisposeScope();
        new Seed(8).SeedTorch();
        using var vision = VisionTransformer.WithNorm(new(8, 2, 12, 2, 3, 5), dim => Norm(dim, batchNorm));
        using var language = CausalLanguageModel.WithNorm(new(11, 6, 12, 2, 3), dim => Norm(dim, batchNorm));
        var (images, words) = (randn(3, 1, 8, 8), randint(0, 11, [3, 6]));
        for (var iteration = 0; iteration < 3; iteration++)
        {
            vision.call(images).square().sum().backward();
            language.call(words).square().sum().backward();
        }
        vision.eval();
        language.eval();
        using var inference = no_grad();
        var (foldedVision, foldedLanguage) = (FoldNormalization.Model(vision), FoldNormalization.Model(language));
        Assert.True(vision.call(images).allclose(foldedVision.call(images), 1e-5, 1e-5));
        Assert.True(language.call(words).allclose(foldedLanguage.call(words), 1e-5, 1e-5));
        // Norms of 2 dim: two a block and the last one.
        Assert.Equal(ModelCost.Parameters(vision) - 5 * 24, ModelCost.Parameters(foldedVision));
        Assert.Equal(ModelCost.MultiplyAdds(vision, images), ModelCost.MultiplyAdds(foldedVision, images));
    }

    [Fact]
    public void Folding_draws_no_random_numbers_and_keeps_type_and_parameters()
    {
        using var scope = NewDisposeScope();
        var (norm, next) = (new UnifiedNorm(4, dtype: float64), nn.Linear(4, 3, dtype: float64));
        new Seed(12).SeedTorch();
        var expected = randn(5);
        new Seed(12).SeedTorch();
        var folded = FoldNormalization.Into(norm, next);
        Assert.True(expected.equal(randn(5)).all().item<bool>());
        Assert.Equal(["bias", "weight"], folded.named_parameters().Select(part => part.name).Order(StringComparer.Ordinal));
        Assert.All(folded.parameters(), part => Assert.Equal((float64, DeviceType.CPU), (part.dtype, part.device_type)));
        Assert.False(folded.training);
    }

    [Fact]
    public void A_layer_norm_is_not_folded()
    {
        using var model = VisionTransformer.Plain(new(8, 2, 12, 2, 3, 5));
        Assert.Equal("Only a IAffineAtInference can be folded here, not a LayerNorm.", Assert.Throws<ArgumentException>(() => FoldNormalization.Model(model)).Message);
    }

    [Fact]
    public void A_published_transformer_has_as_many_parameters_as_with_layer_norms()
    {
        // DeiT-S: 22,050,664 parameters.
        using var model = VisionTransformer.WithNorm(VisionTransformerOptions.Small, dim => new UnifiedNorm(dim, UnifiedNormOptions.Vision, META), META);
        Assert.Equal(22_050_664, ModelCost.Parameters(model));
        Assert.Equal(2 * 384, ModelCost.Parameters(new UnifiedNorm(384, UnifiedNormOptions.Vision, META)));
        Assert.Equal(2 * 384, ModelCost.Parameters(new BatchNormTokens(384, device: META)));
    }

    [Fact]
    public void The_authors_settings_are_named()
    {
        Assert.Equal(new UnifiedNormOptions(4, 4000, false, 0.9, 1e-5), UnifiedNormOptions.Translation);
        Assert.Equal(new UnifiedNormOptions(4, 4000, true, 0.9, 1e-5), UnifiedNormOptions.Vision);
    }

    [Fact]
    public void Statistics_travel_in_a_safetensors_file()
    {
        using var scope = NewDisposeScope();
        new Seed(9).SeedTorch();
        var options = new UnifiedNormOptions(Window: 3, WarmupIterations: 2);
        var (first, second) = (new UnifiedNorm(4, options), new UnifiedNorm(4, options));
        for (var iteration = 0; iteration < 7; iteration++)
            first.call(randn(5, 4).requires_grad_()).square().sum().backward();
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        Assert.Equal(7, second.Iterations);
        var input = randn(5, 4);
        Assert.True(first.call(input).equal(second.call(input)).all().item<bool>());
        first.eval();
        second.eval();
        Assert.True(first.call(input).equal(second.call(input)).all().item<bool>());
    }

    [Fact]
    public void Types_and_devices_are_those_asked_for()
    {
        using var scope = NewDisposeScope();
        var wide = new UnifiedNorm(4, dtype: float64);
        Assert.Equal(float64, wide.call(randn(2, 4, dtype: float64)).dtype);
        var abstractNorm = new UnifiedNorm(4, device: META);
        abstractNorm.eval();
        Assert.Equal([2, 3, 4], abstractNorm.call(zeros(2, 3, 4, device: META)).shape);
        var converted = new UnifiedNorm(4);
        converted.to(float64);
        Assert.Equal(float64, converted.call(randn(2, 4, dtype: float64)).dtype);
        converted.eval();
        Assert.Equal(float64, converted.call(randn(2, 4, dtype: float64)).dtype);
    }

    [Fact]
    public void Wrong_shapes_and_options_are_named()
    {
        using var norm = new UnifiedNorm(4);
        using var batchNorm = new BatchNormTokens(4);
        using var tokens = zeros(2, 5);
        Assert.StartsWith("input: expected (..., 4), got (2, 5)", Assert.Throws<ArgumentException>(() => norm.call(tokens)).Message, StringComparison.Ordinal);
        Assert.StartsWith("input: expected (..., 4), got (2, 5)", Assert.Throws<ArgumentException>(() => batchNorm.call(tokens)).Message, StringComparison.Ordinal);
        using var next = nn.Linear(5, 2);
        Assert.StartsWith("norm: expected (5), got (4)", Assert.Throws<ArgumentException>(() => FoldNormalization.Into(norm, next)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnifiedNorm(4, new(Window: 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnifiedNorm(4, new(Momentum: 1)));
    }

    private static nn.Module<Tensor, Tensor> Norm(long dim, bool batchNorm) =>
        batchNorm ? new BatchNormTokens(dim) : new UnifiedNorm(dim, new(Window: 2, WarmupIterations: 1));

    private static Parameter Part(nn.Module norm, string name) => norm.named_parameters().Single(parameter => parameter.name == name).parameter;

    private static Tensor Buffer(nn.Module norm, string name) => norm.named_buffers().Single(entry => entry.name == name).buffer;

    private static void Draw(nn.Module norm)
    {
        using var frozen = no_grad();
        Part(norm, "_weight").normal_(1, 0.5);
        Part(norm, "_bias").normal_(0, 0.5);
    }
}
