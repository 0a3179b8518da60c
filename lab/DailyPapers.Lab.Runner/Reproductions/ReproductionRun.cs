using System.Diagnostics;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;
using DailyPapers.Lab.Systems;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>Runs one reproduction: seeds, verdicts, figures, record.</summary>
public sealed class ReproductionRun
{
    /// <summary>The record's file name of a mode: the full run is the one that is published.</summary>
    public static string ResultFile(RunMode mode) => mode == RunMode.Full ? "result.json" : "result.quick.json";

    private const double FiguresFrom = 0.97;

    private readonly IReproduction _reproduction;
    private readonly RunRequest _request;
    private readonly RunSetting _setting;
    private readonly IReadOnlyList<int> _seeds;
    private readonly TimeProvider _time;

    /// <summary>Prepares a run; nothing is computed or written yet.</summary>
    /// <exception cref="FormatException">A parameter or the number of seeds is out of range; the message names it and the range.</exception>
    public ReproductionRun(IReproduction reproduction, RunRequest request, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(reproduction);
        ArgumentNullException.ThrowIfNull(request);
        var declaration = reproduction.Declaration;
        var count = request.SeedCount ?? declaration.Budget(request.Mode).SeedCount;
        if (count < 1 || count > declaration.Seeds.Count)
            throw new FormatException($"The number of seeds must be from 1 to {declaration.Seeds.Count} for '{declaration.Slug}', not {count}.");
        _reproduction = reproduction;
        _request = request;
        _setting = new(request.Mode, declaration.Resolve(request.Mode, request.Overrides));
        _seeds = [.. declaration.Seeds.Take(count)];
        _time = time;
    }

    /// <summary>Runs to the end and writes the record and figures into the output folder.</summary>
    /// <param name="report">Receives progress, metrics, figures and the result, in order, on the calling thread.</param>
    /// <param name="cancellationToken">Stops the run at its next progress report; finished seeds are kept.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TimeoutException">The budget's time limit passed; finished seeds are kept.</exception>
    public ReproductionResult Execute(Action<RunEvent> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var declaration = _reproduction.Declaration;
        var limit = TimeSpan.FromSeconds(declaration.Budget(_request.Mode).TimeLimitSeconds);
        using var timeout = new CancellationTokenSource(limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return Execute(report, _time.GetUtcNow(), stop.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"'{declaration.Slug}' passed the {limit.TotalSeconds:F0} s limit of its {_request.Mode.ToString().ToLowerInvariant()} budget. "
                + "Finished seeds are kept: run it again with the same --out to continue, or with fewer --seeds.");
        }
    }

    private ReproductionResult Execute(Action<RunEvent> report, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_request.OutputFolder);
        var checkpoints = new SeedCheckpoints(_request.OutputFolder, _reproduction.Declaration.Slug, _setting);
        var records = new List<SeedRecord>(_seeds.Count);
        foreach (var seed in _seeds)
            records.Add(checkpoints.Read(seed) is { } kept ? Replay(kept, records.Count, report) : RunSeed(seed, records.Count, checkpoints, report, cancellationToken));

        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        report(new ProgressEvent(FiguresFrom, "figures", ""));
        var sheet = new FigureSheet(_setting, records, _request.OutputFolder, figure => report(new FigureEvent(figure)));
        _reproduction.Draw(sheet);

        var result = Conclude(
            records, sheet.Figures, startedAt,
            records.Sum(record => record.Seconds) + clock.Elapsed.TotalSeconds,
            records.Sum(record => record.ProcessorSeconds) + (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        AtomicFile.Write(Path.Combine(_request.OutputFolder, ResultFile(_request.Mode)), LabJson.Write(result));
        if (!_request.KeepCheckpoints)
            checkpoints.Delete();
        report(new ProgressEvent(1, "done", ""));
        report(new ResultEvent(result));
        return result;
    }

    private SeedRecord RunSeed(int seed, int index, SeedCheckpoints checkpoints, Action<RunEvent> report, CancellationToken cancellationToken)
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var run = new SeedRun(
            new Seed(seed), _setting,
            (metric, value) => report(new MetricEvent(seed, metric, value)),
            (fraction, message) => report(new ProgressEvent(FiguresFrom * (index + fraction) / _seeds.Count, $"seed {seed}", message)),
            cancellationToken);
        run.Progress(0, "started");
        _reproduction.RunSeed(run);
        var record = run.Finish(clock.Elapsed, Environment.CpuUsage.TotalTime - processor);
        checkpoints.Write(record);
        return record;
    }

    private SeedRecord Replay(SeedRecord kept, int index, Action<RunEvent> report)
    {
        report(new ProgressEvent(FiguresFrom * index / _seeds.Count, $"seed {kept.Seed}", "kept from the interrupted run"));
        foreach (var (metric, value) in kept.Metrics)
            report(new MetricEvent(kept.Seed, metric, value));
        return kept;
    }

    private ReproductionResult Conclude(
        IReadOnlyList<SeedRecord> records, IReadOnlyList<FigureInfo> figures, DateTimeOffset startedAt, double seconds, double processorSeconds)
    {
        var declaration = _reproduction.Declaration;
        var machine = Machine.Describe();
        var claims = declaration.Claims.Select(claim => Judge(claim, records, machine)).ToList();
        var observed = records.SelectMany(record => record.Metrics.Keys).Distinct(StringComparer.Ordinal)
            .Except(declaration.Claims.Select(claim => claim.Metric), StringComparer.Ordinal);
        return new()
        {
            Slug = declaration.Slug,
            Mode = _request.Mode,
            StartedAt = startedAt,
            DurationSeconds = Math.Round(seconds, 3),
            ProcessorSeconds = Math.Round(processorSeconds, 3),
            Commit = LibraryVersions.Commit(typeof(ReproductionRun).Assembly),
            Environment = machine,
            Libraries = LibraryVersions.Describe(),
            Parameters = _setting.Parameters,
            Seeds = _seeds,
            Timings = [.. records.Select(record => new SeedTiming(record.Seed, Math.Round(record.Seconds, 3)))],
            Claims = claims,
            Observations = [.. observed.Select(metric => Observe(metric, records))],
            Figures = figures,
            Verdict = VerdictRule.Overall([.. claims.Select(claim => claim.Verdict)]),
        };
    }

    private ClaimResult Judge(Claim claim, IReadOnlyList<SeedRecord> records, MachineEnvironment machine)
    {
        var missing = claim.SmallestScale?.WhatIsMissing(machine, _request.Mode);
        // A claim that this machine can't decide may go unmeasured; any other must have a number from every seed.
        var values = records
            .Where(record => missing is null || record.Metrics.ContainsKey(claim.Metric))
            .Select(record => new SeedValue(record.Seed, record.Metrics.GetValueOrDefault(claim.Metric, double.NaN)))
            .ToList();
        var numbers = values.Select(value => value.Value).ToList();
        double? mean = numbers.Count > 0 ? SeedStatistics.Mean(numbers) : null;
        var interval = claim.Deterministic && numbers.Distinct().Count() == 1 && double.IsFinite(numbers[0])
            ? new Interval(numbers[0], numbers[0])
            : SeedStatistics.StudentInterval(numbers);
        var (verdict, note) = VerdictRule.Judge(claim.Criterion, mean, interval, missing);
        return new() { Claim = claim, Values = values, Mean = mean, Interval = interval, Verdict = verdict, Note = note };
    }

    private static Observation Observe(string metric, IReadOnlyList<SeedRecord> records)
    {
        var values = records.Where(record => record.Metrics.ContainsKey(metric))
            .Select(record => new SeedValue(record.Seed, record.Metrics[metric])).ToList();
        var numbers = values.Select(value => value.Value).ToList();
        return new() { Metric = metric, Values = values, Mean = SeedStatistics.Mean(numbers), Interval = SeedStatistics.StudentInterval(numbers) };
    }
}
