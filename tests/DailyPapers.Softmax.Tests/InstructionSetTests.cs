using System.Diagnostics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Numerics.Tests;

public sealed class InstructionSetTests
{
    [Fact]
    public void Best_and_portable_run_everywhere()
    {
        Assert.True(Softmax.IsSupported(SoftmaxInstructionSet.Best));
        Assert.True(Softmax.IsSupported(SoftmaxInstructionSet.Portable));
        Assert.True(Softmax.IsSupported(Softmax.BestInstructionSet));
    }

    [Fact]
    public void Best_is_the_widest_that_the_processor_has() => Assert.Equal(
        Avx512F.IsSupported ? SoftmaxInstructionSet.Avx512
            : Avx2.IsSupported && Fma.IsSupported ? SoftmaxInstructionSet.Avx2
            : AdvSimd.Arm64.IsSupported ? SoftmaxInstructionSet.Neon
            : SoftmaxInstructionSet.Portable,
        Softmax.BestInstructionSet);

    [Fact]
    public void Best_gives_the_bits_of_the_set_it_stands_for()
    {
        var x = Draw.Normal(1000, 3, 1);
        foreach (var algorithm in Enum.GetValues<Algorithm>())
            Assert.Equal(new Kernel(algorithm, Softmax.BestInstructionSet).Run(x), new Kernel(algorithm, SoftmaxInstructionSet.Best).Run(x));
    }

    [Theory]
    [InlineData(SoftmaxInstructionSet.Avx2)]
    [InlineData(SoftmaxInstructionSet.Avx512)]
    [InlineData(SoftmaxInstructionSet.Neon)]
    public void A_set_the_process_lacks_is_refused_with_the_remedy(SoftmaxInstructionSet set)
    {
        if (Softmax.IsSupported(set))
        {
            Assert.Equal(1f, Softmax_of_one(set));
            return;
        }
        var problem = Assert.Throws<PlatformNotSupportedException>(() => Softmax_of_one(set));
        Assert.Contains(set.ToString(), problem.Message, StringComparison.Ordinal);
        Assert.Contains("Portable", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_undefined_set_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Softmax_of_one((SoftmaxInstructionSet)99));

    // The portable kernel on hardware without FMA, in a process of its own, because the runtime decides once.
    [Theory]
    [InlineData(typeof(ComputeAccuracyTests), 8)]
    [InlineData(typeof(ShortRowTests), 7)]
    public void The_bounds_hold_without_a_fused_multiply_add(Type tests, int count)
    {
        if (!Fma.IsSupported)
            return; // then this process has just tested it
        var start = new ProcessStartInfo("dotnet", [typeof(InstructionSetTests).Assembly.Location, "--filter-class", tests.FullName!])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_EnableAVX"] = "0";
        start.Environment.Remove("PAPERS_TEST_REQUIRE_ALL");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        // The portable kernel's share; the others were skipped.
        Assert.Contains($"succeeded: {count}", output, StringComparison.Ordinal);
        Assert.Contains($"skipped: {2 * count}", output, StringComparison.Ordinal);
    }

    private static float Softmax_of_one(SoftmaxInstructionSet set)
    {
        var y = new float[1];
        Softmax.TwoPass([3f], y, set);
        return y[0];
    }
}
