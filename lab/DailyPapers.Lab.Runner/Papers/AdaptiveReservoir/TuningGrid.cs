using DailyPapers.Lab.Architectures.Reservoir;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Papers.AdaptiveReservoir;

/// <summary>Scores of several arms at every gain and input scale. All arms of a seed share graph, weights' pattern and series.</summary>
internal sealed class TuningGrid
{
    internal static readonly double[] Gains = [1, 2, 4, 8];
    internal static readonly double[] InputScales = [0.2, 1];

    private readonly Score[,,,] _scores; // [arm, gain, scale, task]
    private readonly HomeostasisReport?[,,] _reports; // [arm, gain, scale], on the first series

    private TuningGrid(int arms, int tasks)
    {
        _scores = new Score[arms, Gains.Length, InputScales.Length, tasks];
        _reports = new HomeostasisReport?[arms, Gains.Length, InputScales.Length];
    }

    internal static TuningGrid Run(
        IReadOnlyList<Arm> arms, IReadOnlyList<TaskSeries> series, EiReservoirOptions options, double ridge, SeedRun run, Action<double> progress)
    {
        var grid = new TuningGrid(arms.Count, TaskSeries.Names.Length);
        var jobs = from arm in Enumerable.Range(0, arms.Count)
                   from gain in Enumerable.Range(0, Gains.Length)
                   from scale in Enumerable.Range(0, InputScales.Length)
                   from part in Enumerable.Range(0, series.Count)
                   select (arm, gain, scale, part);
        SideBySide([.. jobs], job =>
        {
            var setting = options with { Gain = Gains[job.gain], InputScale = InputScales[job.scale] };
            var (reservoir, report) = arms[job.arm].Build(setting, series[job.part], run.Seed);
            if (job.part == 0)
                grid._reports[job.arm, job.gain, job.scale] = report;
            var scores = Score.Measure(reservoir, series[job.part], ridge);
            for (var i = 0; i < scores.Length; i++)
                grid._scores[job.arm, job.gain, job.scale, series[job.part].Tasks[i]] = scores[i];
        }, progress, run.CancellationToken);
        return grid;
    }

    /// <summary>The score of the arm whose gain and input scale are best on validation data.</summary>
    internal Score Tuned(int arm, int task) =>
        (from gain in Enumerable.Range(0, Gains.Length)
         from scale in Enumerable.Range(0, InputScales.Length)
         select _scores[arm, gain, scale, task]).MaxBy(score => score.Validation);

    /// <summary>The best, on validation data, of several tuned arms.</summary>
    internal Score Best(IEnumerable<int> arms, int task) => arms.Select(arm => Tuned(arm, task)).MaxBy(score => score.Validation);

    /// <summary>The score at one gain, with the input scale that is best on validation data.</summary>
    internal Score AtGain(int arm, int gain, int task) =>
        Enumerable.Range(0, InputScales.Length).Select(scale => _scores[arm, gain, scale, task]).MaxBy(score => score.Validation);

    internal HomeostasisReport? Report(int arm, int gain, int scale) => _reports[arm, gain, scale];

    /// <summary>Runs jobs one to a core: the matrices are too small to share one among cores.</summary>
    internal static void SideBySide<TJob>(TJob[] jobs, Action<TJob> action, Action<double> progress, CancellationToken cancellation)
    {
        var (gate, done) = (new Lock(), 0);
        Parallel.ForEach(jobs, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellation }, job =>
        {
            action(job);
            lock (gate)
                progress(++done / (double)jobs.Length);
        });
    }
}
