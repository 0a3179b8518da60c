using System.Diagnostics;

namespace DailyPapers.Lab.Bench.Training;

/// <summary>Processor time of this process, all threads, and wall time since the start.</summary>
internal readonly struct ProcessClock
{
    private readonly double _processor;
    private readonly long _wall;

    private ProcessClock(double processor, long wall) => (_processor, _wall) = (processor, wall);

    internal static ProcessClock Start() => new(ProcessorSeconds(), Stopwatch.GetTimestamp());

    internal Stretch Stop(double loss) => new(ProcessorSeconds() - _processor, Stopwatch.GetElapsedTime(_wall).TotalSeconds, loss);

    private static double ProcessorSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
