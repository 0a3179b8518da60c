using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;
using Microsoft.Extensions.Time.Testing;

namespace DailyPapers.Lab.Runner.Tests;

public sealed class ReproductionRunTests : IDisposable
{
    private static readonly Dictionary<string, string> _none = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("papers-run-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly List<RunEvent> _events = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_records_what_was_declared_and_measured()
    {
        var result = Run(new SampleReproduction());
        Assert.Equal(Verdict.Reproduced, result.Verdict);
        Assert.Equal([1, 2, 3], result.Seeds);
        Assert.Equal(10, result.Parameters["n"].Number);
        Assert.Equal(_time.GetUtcNow(), result.StartedAt);
        var claim = Assert.Single(result.Claims);
        Assert.Equal(3, claim.Values.Count);
        Assert.Equal(claim.Values.Average(value => value.Value), claim.Mean!.Value, 12);
        Assert.NotNull(claim.Interval);
        Assert.Equal("largest", Assert.Single(result.Observations).Metric);
        Assert.Equal("numbers.svg", Assert.Single(result.Figures).File);
        Assert.True(File.Exists(PathOf("numbers.svg")));
        Assert.Equal(LabJson.Write(result), File.ReadAllText(PathOf("result.quick.json")));
        Assert.Equal(2, _folder.GetFileSystemInfos().Length);
    }

    [Fact]
    public void Events_come_in_order_and_end_with_the_result()
    {
        Run(new SampleReproduction());
        var fractions = _events.OfType<ProgressEvent>().Select(progress => progress.Fraction).ToList();
        Assert.Equal(fractions.Order(), fractions);
        Assert.Equal(1, fractions[^1]);
        Assert.IsType<ResultEvent>(_events[^1]);
        Assert.Equal(6, _events.OfType<MetricEvent>().Count());
        Assert.Single(_events.OfType<FigureEvent>());
    }

    [Fact]
    public void A_killed_run_continues_to_the_identical_numbers()
    {
        using var cancellation = new CancellationTokenSource();
        var killed = new SampleReproduction(run =>
        {
            if (run.Seed.Value == 3)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Run(killed, cancellation: cancellation));
        Assert.False(File.Exists(PathOf("result.quick.json")));

        var continued = new SampleReproduction();
        var resumed = Run(continued);
        Assert.Equal([3], continued.SeedsRun);
        var figure = File.ReadAllText(PathOf("numbers.svg"));

        var fresh = Run(new SampleReproduction(), folder: PathOf("fresh"));
        Assert.Equal(Comparable(fresh), Comparable(resumed));
        Assert.Equal(File.ReadAllText(Path.Combine(PathOf("fresh"), "numbers.svg")), figure);
    }

    [Fact]
    public void Another_setting_does_not_reuse_finished_seeds()
    {
        var interrupted = new SampleReproduction(run =>
        {
            if (run.Seed.Value == 2)
                throw new InvalidOperationException("diverged");
        });
        Assert.Throws<InvalidOperationException>(() => Run(interrupted));
        var other = new SampleReproduction();
        Run(other, overrides: new() { ["n"] = "11" });
        Assert.Equal([1, 2, 3], other.SeedsRun);
    }

    [Fact]
    public void A_damaged_checkpoint_runs_its_seed_again()
    {
        var interrupted = new SampleReproduction(run =>
        {
            if (run.Seed.Value == 2)
                throw new InvalidOperationException("power cut");
        });
        Assert.Throws<InvalidOperationException>(() => Run(interrupted));
        File.WriteAllText(Path.Combine(PathOf("checkpoints"), "seed-1.json"), "{\"finger");
        var again = new SampleReproduction();
        Run(again);
        Assert.Equal([1, 2, 3], again.SeedsRun);
    }

    [Fact]
    public void A_run_past_its_time_limit_fails_and_says_how_to_go_on()
    {
        var slow = new SampleReproduction(run => _time.Advance(TimeSpan.FromSeconds(31)));
        var error = Assert.Throws<TimeoutException>(() => Run(slow));
        Assert.Contains("60 s limit", error.Message, StringComparison.Ordinal);
        Assert.Contains("--out", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], slow.SeedsRun);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void The_number_of_seeds_is_checked_against_those_declared(int seeds)
    {
        var error = Assert.Throws<FormatException>(() => Run(new SampleReproduction(), seeds: seeds));
        Assert.Contains("from 1 to 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_seed_gives_no_interval_and_no_reproduction()
    {
        var result = Run(new SampleReproduction(), seeds: 1);
        Assert.Null(result.Claims[0].Interval);
        Assert.Equal(Verdict.Partly, result.Verdict);
    }

    [Fact]
    public void A_declared_metric_that_a_seed_did_not_measure_is_not_reproduced()
    {
        var declaration = new SampleReproduction().Declaration;
        var missing = new SampleReproduction { Declaration = declaration with { Claims = [declaration.Claims[0] with { Metric = "other" }] } };
        var result = Run(missing);
        Assert.Equal(Verdict.NotReproduced, result.Verdict);
        Assert.All(result.Claims[0].Values, value => Assert.True(double.IsNaN(value.Value)));
        Assert.Equal(["mean", "largest"], result.Observations.Select(observation => observation.Metric));
    }

    [Fact]
    public void A_claim_beyond_the_machine_is_left_undecided()
    {
        var declaration = new SampleReproduction().Declaration;
        var beyond = new SampleReproduction
        {
            Declaration = declaration with { Claims = [declaration.Claims[0] with { SmallestScale = new() { Description = "1,024 GPUs", BeyondAnyMachine = true } }] },
        };
        Assert.Equal(Verdict.NotAtThisScale, Run(beyond).Verdict);
    }

    [Fact]
    public void A_deterministic_claim_needs_one_seed_only()
    {
        var declaration = new SampleReproduction().Declaration;
        var exact = new SampleReproduction { Declaration = declaration with { Claims = [declaration.Claims[0] with { Deterministic = true }] } };
        Assert.Equal(Verdict.Reproduced, Run(exact, seeds: 1).Verdict);
    }

    [Fact]
    public void A_result_agrees_with_itself_and_disagrees_when_a_number_leaves_the_interval()
    {
        var result = Run(new SampleReproduction());
        Assert.Empty(ResultComparison.Differences(result, result));
        var claim = result.Claims[0];
        var moved = result with { Claims = [claim with { Mean = 9, Interval = new(8, 10) }] };
        Assert.Contains("above-zero", Assert.Single(ResultComparison.Differences(result, moved)), StringComparison.Ordinal);
        var judged = result with { Claims = [claim with { Verdict = Verdict.Partly }] };
        Assert.Contains("Partly", Assert.Single(ResultComparison.Differences(result, judged)), StringComparison.Ordinal);
        var bent = result with { Claims = [claim with { Claim = claim.Claim with { Criterion = Criterion.AtLeast(0.05, 0) } }] };
        Assert.Contains("0.05", Assert.Single(ResultComparison.Differences(result, bent)), StringComparison.Ordinal);
        var changed = result with { Parameters = new Dictionary<string, ParameterValue> { ["n"] = 12 } };
        Assert.Contains("parameter n", Assert.Single(ResultComparison.Differences(result, changed)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_measured_on_another_processor_is_not_compared()
    {
        var result = Run(new SampleReproduction());
        var claim = result.Claims[0];
        var timed = result with { Claims = [claim with { Claim = claim.Claim with { MachineDependent = true } }] };
        var slower = timed with
        {
            Environment = result.Environment with { CpuModel = "another" },
            Claims = [timed.Claims[0] with { Verdict = Verdict.NotReproduced, Mean = 0, Interval = null }],
        };
        Assert.Empty(ResultComparison.Differences(timed, slower));
        Assert.Single(ResultComparison.Differences(timed, slower with { Environment = result.Environment }));
    }

    private ReproductionResult Run(
        SampleReproduction reproduction, Dictionary<string, string>? overrides = null, int? seeds = null, string? folder = null,
        CancellationTokenSource? cancellation = null) =>
        new ReproductionRun(reproduction, new(RunMode.Quick, overrides ?? _none, seeds, folder ?? _folder.FullName), _time)
            .Execute(_events.Add, cancellation?.Token ?? TestContext.Current.CancellationToken);

    private static string Comparable(ReproductionResult result) =>
        LabJson.Write(result with { DurationSeconds = 0, ProcessorSeconds = 0, Timings = [] });

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
