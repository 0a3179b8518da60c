using System.Runtime.InteropServices;

namespace DailyPapers.Numerics.Bench;

/// <summary>The instruction set of libtorch's elementwise kernels, which it chooses when it is loaded.</summary>
/// <remarks>
/// Its own choice is the widest the processor has. For long rows that is the fastest, for rows that are no multiple of a vector it may take
/// ten times as long as the narrower one.
/// </remarks>
internal enum LibTorchKernels
{
    /// <summary>Whichever of AVX2 and AVX-512 takes less time for rows of the length in question (<see cref="LibTorchProbe"/>).</summary>
    Faster,

    /// <summary>What libtorch chooses itself.</summary>
    Own,

    /// <summary>AVX2.</summary>
    Avx2,

    /// <summary>AVX-512.</summary>
    Avx512,
}

/// <summary>Tells libtorch by its environment variable, before it is loaded.</summary>
internal static partial class LibTorchKernelsChoice
{
    private const string Variable = "ATEN_CPU_CAPABILITY";

    // The variable is one of x86-64; elsewhere there is no choice.
    private static bool HasChoice => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    internal static void Choose(this LibTorchKernels kernels)
    {
        if (!HasChoice || kernels == LibTorchKernels.Own)
            return;
        // .NET's own setter changes a copy of the environment, which native code doesn't see.
        var status = OperatingSystem.IsWindows() ? SetOnWindows(Variable, Value(kernels)) : Set(Variable, Value(kernels), 1);
        if (status != 0)
            throw new InvalidOperationException($"The environment variable {Variable} could not be set; set it before the start and give --libtorch-kernels Own.");
    }

    internal static string Description(this LibTorchKernels kernels) => HasChoice && kernels != LibTorchKernels.Own
        ? $"{Variable}={Value(kernels)}"
        : Environment.GetEnvironmentVariable(Variable) is { } value ? $"{Variable}={value}, from the environment" : "its own choice";

    private static string Value(LibTorchKernels kernels) => kernels == LibTorchKernels.Avx2 ? "avx2" : "avx512";

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOnWindows(string name, string value);
}
