using System.Diagnostics;
using System.Globalization;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary>Verifies papers in processes of their own, several at a time, each with its share of the cores.</summary>
internal sealed class VerifyProcesses(Verification verification, int atOnce)
{
    /// <summary>Verifies the papers; those that measure time run last and alone, since neighbours would be measured with them.</summary>
    public async Task<RunnerExitCode> RunAsync(IReadOnlyList<IReproduction> reproductions, CancellationToken cancellationToken)
    {
        var timed = reproductions.Where(MeasuresTime).ToList();
        var codes = new List<RunnerExitCode>();
        await Parallel.ForEachAsync(
            reproductions.Except(timed),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (reproduction, _) => Add(await RunAsync(reproduction, Environment.ProcessorCount / atOnce, cancellationToken)));
        foreach (var reproduction in timed)
            Add(await RunAsync(reproduction, Environment.ProcessorCount, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return codes.Aggregate(RunnerExitCode.Ok, Verification.Worse);

        void Add(RunnerExitCode code)
        {
            lock (codes)
                codes.Add(code);
        }
    }

    private static bool MeasuresTime(IReproduction reproduction) => reproduction.Declaration.Claims.Any(claim => claim.MachineDependent);

    private async Task<RunnerExitCode> RunAsync(IReproduction reproduction, int cores, CancellationToken cancellationToken)
    {
        var slug = reproduction.Declaration.Slug;
        using var process = Process.Start(StartInfo(slug, Math.Max(1, cores)))!;
        // The child cancels by the same signal and keeps its finished seeds; a killed one would keep those too.
        await using var stop = cancellationToken.Register(process.Kill);
        await Task.WhenAll(Copy(process.StandardOutput, Console.Out, slug), Copy(process.StandardError, Console.Error, slug));
        await process.WaitForExitAsync(CancellationToken.None);
        return Enum.IsDefined((RunnerExitCode)process.ExitCode) ? (RunnerExitCode)process.ExitCode : RunnerExitCode.Failed;
    }

    private ProcessStartInfo StartInfo(string slug, int cores)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in (string[])["verify", slug, verification.Mode == RunMode.Full ? "--full" : "--quick", "--jobs", "1", "--part", "--papers", verification.Sources, "--work", verification.Work])
            start.ArgumentList.Add(argument);
        if (verification.Update)
            start.ArgumentList.Add("--update");
        // Libtorch's thread pools would otherwise each take every core.
        start.Environment["OMP_NUM_THREADS"] = start.Environment["MKL_NUM_THREADS"] = cores.ToString(CultureInfo.InvariantCulture);
        return start;
    }

    private static async Task Copy(StreamReader from, TextWriter to, string slug)
    {
        while (await from.ReadLineAsync() is { } line)
            await to.WriteLineAsync($"[{slug}] {line}");
    }
}
