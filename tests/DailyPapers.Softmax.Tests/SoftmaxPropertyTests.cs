using CsCheck;

namespace DailyPapers.Numerics.Tests;

public sealed class SoftmaxPropertyTests
{
    private const int Samples = 300;

    private static readonly Gen<float[]> _logits = Gen.Select(Gen.Int[1, 200], Gen.Float[0.01f, 40f])
        .SelectMany((length, scale) => Gen.Float[-scale, scale].Array[length]);

    public static TheoryData<Algorithm, SoftmaxInstructionSet> Kernels => Kernel.All;

    public static TheoryData<SoftmaxInstructionSet> Sets => Kernel.Sets;

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Outputs_are_a_distribution(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        _logits.Sample(x =>
        {
            var y = kernel.Run(x);
            return y.All(value => value is >= 0 and <= 1.000001f) && Math.Abs(y.Sum(value => (double)value) - 1) < 1e-6;
        }, iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Outputs_match_the_definition(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        _logits.Sample(x => Reference.WorstUlps(kernel.Run(x), Reference.Softmax(x)) < 5 + (x.Max() - x.Min()), iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Larger_logits_get_no_smaller_share(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        _logits.Sample(x =>
        {
            var y = kernel.Run(x);
            Array.Sort(x, y);
            // exp is monotone up to its own rounding.
            return y.Zip(y.Skip(1)).All(pair => pair.Second >= pair.First * (1 - 6e-7f));
        }, iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Adding_a_constant_changes_nothing(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        // Whole numbers on a grid of 1/64, so that the shift itself is exact.
        Gen.Select(Gen.Int[-2000, 2000].Array[1, 150], Gen.Int[-15_000, 15_000]).Sample((grid, shift) =>
        {
            float[] x = [.. grid.Select(value => value / 64f)];
            float[] shifted = [.. x.Select(value => value + shift)];
            return Reference.WorstUlps(kernel.Run(shifted), Reference.Softmax(x)) < 7;
        }, iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Permuting_the_input_permutes_the_output(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        _logits.SelectMany(x => Gen.Shuffle(Enumerable.Range(0, x.Length).ToArray()).Select(order => (x, order))).Sample((x, order) =>
        {
            var y = kernel.Run(x);
            var permuted = kernel.Run([.. order.Select(i => x[i])]);
            return order.Select((from, to) => Math.Abs(permuted[to] - y[from]) <= 4e-7f * y[from] + 1.2e-38f).All(same => same);
        }, iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Algorithms_agree(SoftmaxInstructionSet set)
    {
        var twoPass = Kernel.Of(Algorithm.TwoPass, set);
        var recompute = Kernel.Of(Algorithm.ThreePassRecompute, set);
        var reload = Kernel.Of(Algorithm.ThreePassReload, set);
        _logits.Sample(x =>
        {
            var y = twoPass.Run(x);
            var span = x.Max() - x.Min();
            return Close(y, recompute.Run(x), span) && Close(y, reload.Run(x), span);
        }, iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Instruction_sets_agree(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        var kernel = Kernel.Of(algorithm, set);
        var portable = Kernel.Of(algorithm, SoftmaxInstructionSet.Portable);
        _logits.Sample(x => Close(kernel.Run(x), portable.Run(x), 0), iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sums_of_parts_add_up_to_the_sum_of_the_whole(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Gen.Select(_logits, _logits, Gen.Float[-1000, 1000]).Sample((a, b, shift) =>
        {
            float[] moved = [.. b.Select(value => value + shift)];
            var parts = Softmax.SumOfExponentials(a, set) + Softmax.SumOfExponentials(moved, set);
            var whole = Softmax.SumOfExponentials((float[])[.. a, .. moved], set);
            return Math.Abs(parts.Log() - whole.Log()) <= 1e-6;
        }, iter: Samples);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_logarithm_of_a_sum_is_the_log_sum_exp(SoftmaxInstructionSet set)
    {
        Kernel.Require(set);
        Gen.Select(_logits, Gen.Int[0, 4].Select(i => new[] { 0f, -9000f, 9000f, 1e6f, -1e6f }[i])).Sample((x, shift) =>
        {
            float[] moved = [.. x.Select(value => value + shift)];
            var largest = moved.Max();
            var expected = largest + Math.Log(moved.Sum(value => Math.Exp((double)value - largest)));
            double[] wide = [.. moved.Select(value => (double)value)];
            return Math.Abs(Softmax.SumOfExponentials(moved, set).Log() - expected) <= 1e-6 * Math.Max(1, Math.Abs(expected) * 1e-6) * 3
                && Math.Abs(Softmax.SumOfExponentials(wide, set).Log() - expected) <= 1e-12 * Math.Max(1, Math.Abs(expected));
        }, iter: Samples);
    }

    // Both sides are a few ulp from the truth, the three-pass ones also by the rounding of x - max.
    private static bool Close(float[] a, float[] b, float span) =>
        a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= (6 + span) * 1.2e-7f * pair.First + 1.2e-38f);
}
