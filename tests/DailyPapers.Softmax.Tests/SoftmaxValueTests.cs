namespace DailyPapers.Numerics.Tests;

public sealed class SoftmaxValueTests
{
    private const float Guard = 12345;

    public static TheoryData<Algorithm, SoftmaxInstructionSet> Kernels => Kernel.All;

    /// <summary>Every tail of every vector width and unrolling, and sizes well beyond one iteration.</summary>
    private static IEnumerable<int> Sizes => [.. Enumerable.Range(0, 201), 255, 256, 257, 1023, 4099, 65_537];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_size_at_every_alignment_matches_the_definition_and_touches_nothing_else(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var size in Sizes)
        {
            var offset = size % 5;
            var memory = Draw.Normal(size + offset + 1, 3, size);
            var x = memory.AsSpan(offset, size);
            var y = new float[size + 40];
            Array.Fill(y, Guard);
            kernel.Run(x, y.AsSpan(20 - offset, size + 3));
            Assert.InRange(Reference.WorstUlps(y.AsSpan(20 - offset, size), Reference.Softmax(x)), 0, 30);
            Assert.Equal(-1, y.AsSpan(0, 20 - offset).IndexOfAnyExcept(Guard));
            Assert.Equal(-1, y.AsSpan(20 - offset + size).IndexOfAnyExcept(Guard));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Double_precision_matches_the_definition_at_every_size(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var size in Sizes)
        {
            double[] x = [.. Draw.Normal(size, 3, size).Select(value => (double)value)];
            var y = kernel.Run(x);
            var expected = Reference.Softmax(x);
            for (var i = 0; i < size; i++)
                Assert.InRange(y[i] / expected[i], 1 - 1e-14, 1 + 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void In_place_gives_the_same_bits(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var size in Sizes)
        {
            var x = Draw.Normal(size, 4, size);
            var apart = kernel.Run(x);
            kernel.Run(x, x);
            Assert.Equal(apart, x);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Double_precision_in_place_gives_the_same_bits(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        foreach (var size in Sizes)
        {
            double[] x = [.. Draw.Normal(size, 4, size).Select(value => (double)value)];
            var apart = kernel.Run(x);
            kernel.Run(x, x);
            Assert.Equal(apart, x);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void An_output_too_short_is_refused(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        var problem = Assert.Throws<ArgumentException>(() => kernel.Run(new float[10], new float[9]));
        Assert.Contains("at least as long", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => kernel.Run(new double[10], new double[9]));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_shifted_overlap_is_refused(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        var memory = new float[11];
        var problem = Assert.Throws<ArgumentException>(() => kernel.Run(memory.AsSpan(0, 10), memory.AsSpan(1, 10)));
        Assert.Contains("overlaps", problem.Message, StringComparison.Ordinal);
    }
}
