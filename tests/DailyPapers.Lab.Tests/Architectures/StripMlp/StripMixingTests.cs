using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.StripMlp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.StripMlp;

public sealed class StripMixingTests
{
    [Theory]
    [InlineData(StripAxis.Row)]
    [InlineData(StripAxis.Column)]
    public void Strips_are_the_sum_over_positions_and_neighbouring_strips(StripAxis axis) =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int[0, 2], Gen.Int[0, 1000]).Sample(
            (groupChannels, patches, side, neighbors, seed) =>
            {
                using var scope = NewDisposeScope();
                new Seed(seed).SeedTorch();
                var strip = new StripMixing(groupChannels, patches, side, axis, neighbors, dtype: float64);
                var input = randn(1, patches * groupChannels, side, side, dtype: float64);
                var output = strip.call(input);
                var weight = strip.Map.weight;
                for (var p = 0; p < patches; p++)
                    for (var g = 0; g < groupChannels; g++)
                        for (var line = 0; line < side; line++)
                            for (var to = 0; to < side; to++)
                            {
                                var sum = strip.Map.bias![g * side + to].item<double>();
                                for (var d = -neighbors; d <= neighbors; d++)
                                    for (var from = 0; from < side && line + d >= 0 && line + d < side; from++)
                                        sum += weight[g * side + to, from, 0, d + neighbors].item<double>() * At(input, p * groupChannels + g, line + d, from);
                                Assert.Equal(sum, At(output, p * groupChannels + g, line, to), 1e-12);
                            }
                return true;

                double At(Tensor map, int channel, int strips, int place) =>
                    (axis == StripAxis.Row ? map[0, channel, strips, place] : map[0, channel, place, strips]).item<double>();
            },
            iter: 8, seed: "0N0XIzNsQ0O2", threads: 1);

    [Fact]
    public void One_group_without_neighbours_is_one_linear_map_for_all_channels_and_rows()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var strip = new StripMixing(1, 6, 5, StripAxis.Row, neighbors: 0, dtype: float64);
        var input = randn(3, 6, 5, 5, dtype: float64);
        var mapped = nn.functional.linear(input, strip.Map.weight.view(5, 5), strip.Map.bias);
        Assert.True(mapped.allclose(strip.call(input), 1e-12, 1e-12));
    }

    [Fact]
    public void Parameters_and_multiply_adds_are_those_of_the_formulas()
    {
        const long groupChannels = 3, patches = 2, side = 5;
        using var strip = new StripMixing(groupChannels, patches, side, StripAxis.Column);
        Assert.Equal(groupChannels * (3 * side * side + side), ModelCost.Parameters(strip));
        using var input = zeros(1, groupChannels * patches, side, side);
        Assert.Equal(3 * side * side * side * groupChannels * patches, ModelCost.MultiplyAdds(strip, input));
    }

    [Fact]
    public void A_position_s_bias_depends_on_its_column_less_its_row_up_to_the_largest_distance()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        var bias = new RelativePositionBias2d(2, 2);
        var made = bias.call(zeros(1, 2, 4, 4));
        for (var row = 0; row < 4; row++)
            for (var column = 0; column < 4; column++)
                for (var channel = 0; channel < 2; channel++)
                    Assert.Equal(
                        bias.Table[Math.Clamp(column - row, -2, 2) + 2, channel].item<float>(), made[0, channel, row, column].item<float>());
    }

    [Fact]
    public void A_wrong_shape_is_named_with_what_was_expected()
    {
        using var strip = new StripMixing(2, 2, 4, StripAxis.Row);
        using var input = zeros(1, 4, 4, 5);
        var error = Assert.Throws<ArgumentException>(() => strip.call(input));
        Assert.StartsWith("input: expected (*, 4, 4, 4), got (1, 4, 4, 5)", error.Message, StringComparison.Ordinal);
    }
}
