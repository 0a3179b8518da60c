using System.Runtime.InteropServices;
using DailyPapers.TestSupport;

namespace DailyPapers.Numerics.Tests;

/// <summary>One algorithm on one instruction set, as a test's argument.</summary>
public readonly record struct Kernel(Algorithm Algorithm, SoftmaxInstructionSet Set)
{
    /// <summary>Every algorithm on every instruction set; those the processor lacks skip when run.</summary>
    public static TheoryData<Algorithm, SoftmaxInstructionSet> All
    {
        get
        {
            var all = new TheoryData<Algorithm, SoftmaxInstructionSet>();
            foreach (var algorithm in Enum.GetValues<Algorithm>())
                foreach (var set in OfThisArchitecture)
                    all.Add(algorithm, set);
            return all;
        }
    }

    public static TheoryData<SoftmaxInstructionSet> Sets => [.. OfThisArchitecture];

    private static SoftmaxInstructionSet[] OfThisArchitecture => RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? [SoftmaxInstructionSet.Portable, SoftmaxInstructionSet.Neon]
        : [SoftmaxInstructionSet.Portable, SoftmaxInstructionSet.Avx2, SoftmaxInstructionSet.Avx512];

    public static void Require(SoftmaxInstructionSet set) =>
        OptionalComponent.Require(Softmax.IsSupported(set), $"This processor has no {set}.");

    /// <summary>The kernel, or a skipped test.</summary>
    public static Kernel Of(Algorithm algorithm, SoftmaxInstructionSet set)
    {
        Require(set);
        return new(algorithm, set);
    }

    public float[] Run(ReadOnlySpan<float> input)
    {
        var output = new float[input.Length];
        Run(input, output);
        return output;
    }

    public double[] Run(ReadOnlySpan<double> input)
    {
        var output = new double[input.Length];
        Run(input, output);
        return output;
    }

    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        switch (Algorithm)
        {
            case Algorithm.TwoPass: Softmax.TwoPass(input, output, Set); break;
            case Algorithm.ThreePassRecompute: Softmax.ThreePassRecompute(input, output, Set); break;
            case Algorithm.ThreePassReload: Softmax.ThreePassReload(input, output, Set); break;
            default: Softmax.Compute(input, output, 1, Set); break;
        }
    }

    public void Run(ReadOnlySpan<double> input, Span<double> output)
    {
        switch (Algorithm)
        {
            case Algorithm.TwoPass: Softmax.TwoPass(input, output, Set); break;
            case Algorithm.ThreePassRecompute: Softmax.ThreePassRecompute(input, output, Set); break;
            case Algorithm.ThreePassReload: Softmax.ThreePassReload(input, output, Set); break;
            default: Softmax.Compute(input, output, 1, Set); break;
        }
    }
}
