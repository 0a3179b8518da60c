using CsCheck;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Tests.Contract;

public sealed class VerdictRuleTests
{
    private static readonly Gen<double> _number = Gen.Double[-100, 100];

    private static readonly Gen<Criterion> _criterion = Gen.Select(_number, Gen.Double[0, 50], Gen.Double[0.001, 50], Gen.Int[0, 3])
        .Select((at, width, gap, kind) => kind switch
        {
            0 => Criterion.AtLeast(at, at - gap),
            1 => Criterion.AtMost(at, at + gap),
            2 => Criterion.Within(at, at + width, at - gap),
            _ => Criterion.Within(at, at + width, at + width + gap),
        });

    [Theory]
    [InlineData(0.96, 0.94, 0.98, Verdict.Reproduced)]
    [InlineData(0.95, 0.94, 0.96, Verdict.Reproduced)]
    [InlineData(0.96, 0.40, 1.52, Verdict.Partly)]
    [InlineData(0.80, 0.79, 0.81, Verdict.Partly)]
    [InlineData(0.50, 0.49, 0.51, Verdict.NotReproduced)]
    [InlineData(0.30, 0.29, 0.31, Verdict.NotReproduced)]
    public void At_least_decides_by_mean_and_interval(double mean, double lower, double upper, Verdict expected) =>
        Assert.Equal(expected, VerdictRule.Judge(Criterion.AtLeast(0.95, 0.5), mean, new(lower, upper)).Verdict);

    [Theory]
    [InlineData(0.50, 0.45, 0.55, Verdict.Reproduced)]
    [InlineData(0.50, 0.00, 1.00, Verdict.Partly)]
    [InlineData(0.60, 0.59, 0.61, Verdict.Partly)]
    [InlineData(0.20, 0.19, 0.21, Verdict.Partly)]
    [InlineData(1.00, 0.99, 1.01, Verdict.NotReproduced)]
    [InlineData(-0.10, -0.11, -0.09, Verdict.NotReproduced)]
    public void Within_measures_direction_by_distance_to_the_band(double mean, double lower, double upper, Verdict expected) =>
        Assert.Equal(expected, VerdictRule.Judge(Criterion.Within(0.45, 0.55, 1), mean, new(lower, upper)).Verdict);

    [Fact]
    public void Mirroring_the_line_turns_at_least_into_at_most_and_keeps_the_verdict() =>
        Gen.Select(_number, Gen.Double[0, 50], _number, Gen.Double[0, 20]).Sample((threshold, gap, mean, half) =>
        {
            var up = VerdictRule.Judge(Criterion.AtLeast(threshold, threshold - gap), mean, new(mean - half, mean + half));
            var down = VerdictRule.Judge(Criterion.AtMost(-threshold, -threshold + gap), -mean, new(-mean - half, -mean + half));
            Assert.Equal(up.Verdict, down.Verdict);
        });

    [Fact]
    public void Reproduced_means_the_mean_passes_and_the_null_lies_outside() =>
        Gen.Select(_criterion, _number, Gen.Double[0, 60]).Sample((criterion, mean, half) =>
        {
            var passes = criterion.Kind switch
            {
                CriterionKind.AtLeast => mean >= criterion.Threshold,
                CriterionKind.AtMost => mean <= criterion.Threshold,
                _ => mean >= criterion.Lower && mean <= criterion.Upper,
            };
            var excludes = Math.Abs(mean - criterion.NullValue) > half;
            var verdict = VerdictRule.Judge(criterion, mean, new(mean - half, mean + half)).Verdict;
            Assert.Equal(passes && excludes, verdict == Verdict.Reproduced);
        });

    [Fact]
    public void A_wider_interval_never_improves_a_verdict() =>
        Gen.Select(_criterion, _number, Gen.Double[0, 60], Gen.Double[0, 60]).Sample((criterion, mean, half, more) =>
        {
            var narrow = VerdictRule.Judge(criterion, mean, new(mean - half, mean + half)).Verdict;
            var wide = VerdictRule.Judge(criterion, mean, new(mean - half - more, mean + half + more)).Verdict;
            Assert.True(wide >= narrow, $"{narrow} became {wide}");
        });

    [Fact]
    public void The_null_value_itself_is_never_even_partly_reproduced() =>
        Gen.Select(_criterion, Gen.Double[0, 60]).Sample((criterion, half) =>
            Assert.Equal(
                Verdict.NotReproduced,
                VerdictRule.Judge(criterion, criterion.NullValue, new(criterion.NullValue - half, criterion.NullValue + half)).Verdict));

    [Fact]
    public void A_single_seed_is_at_most_partly_reproduced() =>
        Gen.Select(_criterion, _number).Sample((criterion, mean) =>
            Assert.NotEqual(Verdict.Reproduced, VerdictRule.Judge(criterion, mean, null).Verdict));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(null)]
    public void A_mean_that_is_no_number_is_not_reproduced(double? mean)
    {
        Assert.Equal(Verdict.NotReproduced, VerdictRule.Judge(Criterion.AtLeast(0, 0), mean, null).Verdict);
        Assert.Equal(Verdict.NotReproduced, VerdictRule.Judge(Criterion.AtMost(0, 0), mean, null).Verdict);
    }

    [Fact]
    public void A_missing_scale_decides_nothing_whatever_was_measured() =>
        Gen.Select(_criterion, _number).Sample((criterion, mean) =>
        {
            var (verdict, note) = VerdictRule.Judge(criterion, mean, new(mean, mean), "needs avx512f");
            Assert.Equal(Verdict.NotAtThisScale, verdict);
            Assert.Contains("needs avx512f", note, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData(Verdict.Reproduced, Verdict.Reproduced, Verdict.Reproduced)]
    [InlineData(Verdict.Partly, Verdict.Reproduced, Verdict.Partly)]
    [InlineData(Verdict.Partly, Verdict.Reproduced, Verdict.NotReproduced)]
    [InlineData(Verdict.Partly, Verdict.Reproduced, Verdict.NotAtThisScale)]
    [InlineData(Verdict.Partly, Verdict.Partly, Verdict.NotReproduced)]
    [InlineData(Verdict.NotReproduced, Verdict.NotReproduced, Verdict.NotAtThisScale)]
    [InlineData(Verdict.NotAtThisScale, Verdict.NotAtThisScale, Verdict.NotAtThisScale)]
    public void A_paper_is_reproduced_only_when_every_claim_is(Verdict expected, Verdict first, Verdict second)
    {
        Assert.Equal(expected, VerdictRule.Overall([first, second]));
        Assert.Equal(expected, VerdictRule.Overall([second, first]));
    }

    [Fact]
    public void A_paper_without_claims_has_no_verdict() =>
        Assert.Throws<ArgumentException>(() => VerdictRule.Overall([]));

    [Fact]
    public void A_criterion_that_nothing_could_refute_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Criterion.Within(0, 1, nullValue: 0.5));
        Assert.Throws<ArgumentException>(() => Criterion.Within(1, 0, nullValue: 2));
        Assert.Throws<ArgumentException>(() => Criterion.AtLeast(0.5, nullValue: 0.6));
        Assert.Throws<ArgumentException>(() => Criterion.AtMost(0.5, nullValue: 0.4));
        Assert.Throws<ArgumentException>(() => Criterion.AtLeast(double.NaN, nullValue: 0));
    }
}
