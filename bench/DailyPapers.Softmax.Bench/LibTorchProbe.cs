using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using DailyPapers.Lab.Systems;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Numerics.Bench;

/// <summary>libtorch's time with a given instruction set. libtorch chooses once a process, so each is measured in a process of its own.</summary>
internal sealed record LibTorchProbe(bool Log, bool Doubles, int Columns)
{
    internal const string Command = "libtorch";

    /// <summary>The faster of AVX2 and AVX-512, and what it was compared with, in words.</summary>
    internal (LibTorchKernels Kernels, string Times) Faster()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !Avx512F.IsSupported)
            return (LibTorchKernels.Own, "");
        double avx2 = InProcess(LibTorchKernels.Avx2), avx512 = InProcess(LibTorchKernels.Avx512);
        return (avx2 < avx512 ? LibTorchKernels.Avx2 : LibTorchKernels.Avx512,
            string.Create(CultureInfo.InvariantCulture, $", the faster one here: {avx2:0.00} ns an element with AVX2, {avx512:0.00} with AVX-512"));
    }

    /// <summary>Nanoseconds an element in this process.</summary>
    internal double Measure(LibTorchKernels kernels)
    {
        kernels.Choose();
        TorchNativeLibrary.Prepare();
        FreedMemory.Keep();
        set_num_threads(1);
        return Doubles ? Measure<double>(float64) : Measure<float>(float32);
    }

    private double Measure<T>(ScalarType type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = Math.Max(1, (1 << 14) / Columns);
        using var tensor = empty(rows, Columns, type);
        Logits.Fill(MemoryMarshal.Cast<byte, T>(tensor.bytes));
        var timing = InterleavedTiming.Measure([() => (Log ? nn.functional.log_softmax(tensor, 1) : nn.functional.softmax(tensor, 1)).Dispose()], 101, 0.5);
        return timing.Seconds(0).Median * 1e9 / ((double)rows * Columns);
    }

    private double InProcess(LibTorchKernels kernels)
    {
        List<string> arguments = [Command, "--columns", Columns.ToString(CultureInfo.InvariantCulture), "--libtorch-kernels", kernels.ToString()];
        if (Log)
            arguments.Add("--log");
        if (Doubles)
            arguments.Add("--double");
        // Started by `dotnet file.dll`, this process is the host.
        var program = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            arguments.Insert(0, typeof(LibTorchProbe).Assembly.Location);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.TryParse(output, CultureInfo.InvariantCulture, out var nanoseconds)
            ? nanoseconds
            : throw new InvalidOperationException($"'{Command}' with {kernels} kernels ended with {process.ExitCode} and no time: {output}");
    }
}
