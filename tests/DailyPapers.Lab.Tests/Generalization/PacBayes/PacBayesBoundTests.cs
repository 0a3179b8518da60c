using CsCheck;
using DailyPapers.Lab.Generalization.PacBayes;

namespace DailyPapers.Lab.Tests.Generalization.PacBayes;

public sealed class PacBayesBoundTests
{
    [Fact]
    public void The_divergence_of_coins_is_known_at_its_corners()
    {
        Assert.Equal(0, BinaryKl.Divergence(0.3, 0.3), 1e-15);
        Assert.Equal(-Math.Log(1 - 0.2), BinaryKl.Divergence(0, 0.2), 1e-15);
        Assert.Equal(-Math.Log(0.2), BinaryKl.Divergence(1, 0.2), 1e-15);
        Assert.Equal(double.PositiveInfinity, BinaryKl.Divergence(0.5, 0));
        Assert.Equal(0.5 * Math.Log(0.5 / 0.25) + 0.5 * Math.Log(0.5 / 0.75), BinaryKl.Divergence(0.5, 0.25), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryKl.Divergence(1.1, 0.5));
    }

    [Fact]
    public void The_inverse_undoes_the_divergence() =>
        (from q in Gen.Double[0, 0.95]
         from share in Gen.Double[0.01, 0.99]
         select (q, p: q + share * (1 - q))).Sample(pair =>
             Assert.Equal(pair.p, BinaryKl.UpperInverse(pair.q, BinaryKl.Divergence(pair.q, pair.p)), 1e-6));

    [Fact]
    public void The_inverse_has_closed_forms_at_error_zero_and_budget_zero()
    {
        Assert.Equal(1 - Math.Exp(-0.3), BinaryKl.UpperInverse(0, 0.3), 1e-12);
        Assert.Equal(0.4, BinaryKl.UpperInverse(0.4, 0), 1e-7);
        Assert.Equal(1, BinaryKl.UpperInverse(1, 0.1), 1e-12);
    }

    [Fact]
    public void Seeger_is_never_above_McAllester_and_both_are_above_the_training_error() =>
        (from error in Gen.Double[0, 1]
         from divergence in Gen.Double[0, 500]
         from examples in Gen.Int[1, 50_000]
         from delta in Gen.Double[0.001, 0.5]
         select (error, divergence, examples, delta)).Sample(draw =>
         {
             var loose = PacBayesBound.McAllester(draw.error, draw.divergence, draw.examples, draw.delta);
             var tight = PacBayesBound.Seeger(draw.error, draw.divergence, draw.examples, draw.delta);
             Assert.InRange(tight, draw.error, loose + 1e-12);
             Assert.InRange(loose, 0, 1);
         });

    [Fact]
    public void Catoni_at_its_best_beta_is_the_inverse_with_its_own_budget()
    {
        // The smallest value over β solves kl(L̂‖L) = (KL + ln(1/δ))/n exactly: the variational form of the divergence.
        const double error = 0.12, divergence = 40, delta = 0.05;
        const int examples = 2000;
        var best = Enumerable.Range(1, 4000).Min(i => PacBayesBound.Catoni(error, divergence, examples, delta, i / 1000.0));
        Assert.Equal(BinaryKl.UpperInverse(error, (divergence + Math.Log(1 / delta)) / examples), best, 1e-5);
    }

    [Fact]
    public void Bounds_have_their_closed_forms()
    {
        Assert.Equal(0.1 + Math.Sqrt((3 + Math.Log(2 * Math.Sqrt(400) / 0.1)) / 800), PacBayesBound.McAllester(0.1, 3, 400, 0.1), 1e-12);
        Assert.Equal(1 - Math.Exp(-(3 + Math.Log(2 * Math.Sqrt(400) / 0.1)) / 400), PacBayesBound.Seeger(0, 3, 400, 0.1), 1e-9);
        Assert.Equal(1, PacBayesBound.McAllester(0.5, 1e6, 10, 0.1));
    }

    [Fact]
    public void Bounds_hold_for_the_best_of_many_useless_classifiers_and_the_training_error_does_not()
    {
        // A hundred coins of true error one half, all equally likely beforehand; the one of least training error is chosen.
        const int classifiers = 100, examples = 60, repeats = 400;
        const double delta = 0.1;
        var random = new Seed(1).ToRandom();
        int held = 0, fooled = 0;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var least = Enumerable.Range(0, classifiers).Min(_ => Enumerable.Range(0, examples).Count(_ => random.Next(2) == 0)) / (double)examples;
            held += PacBayesBound.Seeger(least, Math.Log(classifiers), examples, delta) >= 0.5 ? 1 : 0;
            fooled += least < 0.5 ? 1 : 0;
        }
        Assert.InRange(held / (double)repeats, 1 - delta, 1);
        Assert.InRange(fooled / (double)repeats, 0.95, 1);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PacBayesBound.McAllester(-0.1, 1, 10, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacBayesBound.Seeger(0.1, -1, 10, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacBayesBound.Seeger(0.1, 1, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacBayesBound.McAllester(0.1, 1, 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacBayesBound.Catoni(0.1, 1, 10, 0.1, 0));
    }
}
