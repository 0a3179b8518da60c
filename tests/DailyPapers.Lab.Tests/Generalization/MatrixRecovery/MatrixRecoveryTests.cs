using System.Numerics.Tensors;
using DailyPapers.Lab.Generalization.MatrixRecovery;

namespace DailyPapers.Lab.Tests.Generalization.MatrixRecovery;

public sealed class MatrixRecoveryTests
{
    private static double[] Normal(int count, int seed)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var generator = new Seed(seed).ToGenerator();
        return TorchSharp.torch.randn(count, dtype: TorchSharp.torch.float64, generator: generator).data<double>().ToArray();
    }

    private static double[] Square(double[] factor, int dimension)
    {
        var packed = new double[PackedSymmetric.Length(dimension)];
        PackedSymmetric.Square(factor, dimension, packed);
        return packed;
    }

    [Fact]
    public void Packing_keeps_inner_products_and_comes_back()
    {
        double[] a = Square(Normal(15, 1), 5), b = Square(Normal(10, 2), 5);
        double[] fullA = PackedSymmetric.Unpack(a, 5), fullB = PackedSymmetric.Unpack(b, 5);
        Assert.Equal(TensorPrimitives.Dot<double>(fullA, fullB), TensorPrimitives.Dot<double>(a, b), 1e-10);
        Assert.All(a.Zip(PackedSymmetric.Pack(fullA, 5)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Packing_takes_the_symmetric_part_and_squares_are_products()
    {
        Assert.Equal([1, 4, 5 / Math.Sqrt(2)], PackedSymmetric.Pack([1, 2, 3, 4], 2));
        // (1 2; 3 4)(1 2; 3 4)ᵀ = (5 11; 11 25).
        Assert.Equal([5, 25, 11 * Math.Sqrt(2)], Square([1, 2, 3, 4], 2));
        Assert.Throws<ArgumentException>(() => PackedSymmetric.Pack([1, 2, 3], 2));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    public void A_random_truth_has_the_rank_norm_and_condition_asked_for(int rank, double condition)
    {
        var truth = LowRankMatrix.Random(8, rank, condition, new Seed(3));
        Assert.Equal(1, TensorPrimitives.Norm<double>(truth), 1e-12);
        Assert.Equal(1, LowRankMatrix.LeadingNorm(truth, 8, rank), 1e-10);
        // Eigenvalues fall evenly from the largest to it over the condition.
        double[] values = rank == 1 ? [1] : [4 / Math.Sqrt(16 + 6.25 + 1), 2.5 / Math.Sqrt(16 + 6.25 + 1), 1 / Math.Sqrt(16 + 6.25 + 1)];
        Assert.Equal(values[0], LowRankMatrix.LeadingNorm(truth, 8, 1), 1e-10);
        // The trace of a positive semidefinite matrix is the sum of its eigenvalues.
        Assert.Equal(values.Sum(), truth.Take(8).Sum(), 1e-10);
    }

    [Theory]
    [InlineData(RecoveryLoss.Absolute)]
    [InlineData(RecoveryLoss.Squared)]
    public void A_step_follows_the_gradient(RecoveryLoss loss)
    {
        const int d = 5, width = 3;
        var sensing = MatrixSensing.Gaussian(40, d, new Seed(4));
        var values = Normal(40, 5);
        var start = Normal(d * width, 6);
        var slope = new double[PackedSymmetric.Length(d)];
        double Loss(double[] factor) => loss == RecoveryLoss.Absolute
            ? sensing.AbsoluteSlope(Square(factor, d), values, slope)
            : sensing.SquaredSlope(Square(factor, d), values, slope);
        var descent = new FactorDescent(sensing, values, start, loss);
        var before = descent.Step(0.5);
        Assert.Equal(Loss(start), before, 1e-12);
        for (var k = 0; k < start.Length; k++)
        {
            var (above, below) = ((double[])start.Clone(), (double[])start.Clone());
            (above[k], below[k]) = (above[k] + 1e-6, below[k] - 1e-6);
            // ∇_U f(UUᵀ) = 2DU, and the step goes by DU.
            Assert.Equal((Loss(above) - Loss(below)) / 4e-6, (start[k] - descent.Factor[k]) / 0.5, 1e-5);
        }
    }

    [Fact]
    public void A_normalised_step_is_a_step_by_the_unit_slope()
    {
        var sensing = MatrixSensing.Gaussian(30, 4, new Seed(7));
        double[] values = Normal(30, 8), start = Normal(8, 9), slope = new double[10];
        sensing.AbsoluteSlope(Square(start, 4), values, slope);
        var (one, other) = (new FactorDescent(sensing, values, start, RecoveryLoss.Absolute), new FactorDescent(sensing, values, start, RecoveryLoss.Absolute));
        one.NormalizedStep(0.1);
        other.Step(0.1 / TensorPrimitives.Norm<double>(slope));
        Assert.Equal(0, TensorPrimitives.Distance(one.Factor, other.Factor), 1e-12);
    }

    [Fact]
    public void The_truth_is_a_fixed_point_and_has_no_error()
    {
        var factor = Normal(12, 10);
        var truth = Square(factor, 6);
        var sensing = MatrixSensing.Gaussian(50, 6, new Seed(11));
        var descent = new FactorDescent(sensing, sensing.Observe(truth), factor, RecoveryLoss.Squared);
        Assert.Equal(0, descent.NormalizedStep(0.1), 1e-20);
        Assert.Equal(0, descent.RelativeError(truth), 1e-10);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 0.5)]
    [InlineData(0.3, 1000)]
    public void Signs_point_towards_the_difference_with_the_length_of_the_closed_form(double share, double magnitude)
    {
        const int d = 6, m = 60_000;
        var truth = LowRankMatrix.Random(d, 2, 1, new Seed(12));
        var difference = new double[truth.Length];
        TensorPrimitives.Subtract(Square(Normal(d, 13), d), truth, difference);
        var sensing = MatrixSensing.Gaussian(m, d, new Seed(14));
        var values = MeasurementNoise.Outliers(new double[m], share, magnitude, new Seed(15));
        var slope = new double[difference.Length];
        sensing.AbsoluteSlope(difference, values, slope);
        var distance = TensorPrimitives.Norm<double>(difference);
        var scale = SignRip.Scale(share, magnitude, distance);
        // The standard error of a mean of 60,000 signs times a normal number is 0.004.
        Assert.Equal(scale, TensorPrimitives.Dot<double>(slope, difference) / distance, 0.02);
        Assert.InRange(SignRip.Deviation(slope, difference, scale, d, 4), 0, 0.06);
    }

    [Fact]
    public void The_deviation_of_an_exact_direction_is_nothing_and_grows_with_the_rank_tested()
    {
        var difference = Square(Normal(12, 16), 6);
        var norm = TensorPrimitives.Norm<double>(difference);
        double[] exact = [.. difference.Select(value => 0.7 * value / norm)];
        Assert.Equal(0, SignRip.Deviation(exact, difference, 0.7, 6, 6), 1e-12);
        double[] off = [.. exact.Zip(Square(Normal(36, 17), 6), (value, error) => value + 0.01 * error)];
        var last = 0.0;
        for (var rank = 1; rank <= 6; rank++)
        {
            var deviation = SignRip.Deviation(off, difference, 0.7, 6, rank);
            Assert.True(deviation >= last);
            last = deviation;
        }
        Assert.Throws<ArgumentException>(() => SignRip.Deviation(off, new double[21], 0.7, 6, 1));
    }

    [Fact]
    public void Outliers_spoil_the_share_and_nothing_else()
    {
        var values = Normal(200, 18);
        var spoilt = MeasurementNoise.Outliers(values, 0.25, 10, new Seed(19));
        Assert.Equal(50, values.Zip(spoilt).Count(pair => pair.First != pair.Second));
        Assert.Equal(values, MeasurementNoise.Outliers(values, 0, 10, new Seed(19)));
        var noise = MeasurementNoise.Gaussian(new double[40_000], 3, new Seed(20));
        // The standard error of a standard deviation of 40,000 numbers is 0.0106.
        Assert.Equal(3, Math.Sqrt(TensorPrimitives.SumOfSquares<double>(noise) / noise.Length), 0.06);
    }

    [Fact]
    public void The_start_is_small_and_points_towards_the_truth_despite_outliers()
    {
        var truth = LowRankMatrix.Random(8, 1, 1, new Seed(21));
        var sensing = MatrixSensing.Gaussian(3000, 8, new Seed(22));
        var values = MeasurementNoise.Outliers(sensing.Observe(truth), 0.3, 1000, new Seed(23));
        foreach (var width in new[] { 1, 8 })
        {
            var start = Square(SpectralInitialization.FromSigns(sensing, values, width, 1e-3), 8);
            Assert.Equal(1e-6, TensorPrimitives.Norm<double>(start), 1e-12);
            Assert.InRange(TensorPrimitives.CosineSimilarity<double>(start, truth), 0.95, 1);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void The_subgradient_method_recovers_the_truth_from_a_fifth_of_outliers_at_any_width(int width)
    {
        const int d = 10;
        var truth = LowRankMatrix.Random(d, 2, 1, new Seed(24));
        var sensing = MatrixSensing.Gaussian(400, d, new Seed(25));
        var values = MeasurementNoise.Outliers(sensing.Observe(truth), 0.2, 100, new Seed(26));
        var descent = new FactorDescent(sensing, values, SpectralInitialization.FromSigns(sensing, values, width, 1e-4), RecoveryLoss.Absolute);
        var step = 0.3;
        for (var k = 0; k < 800; k++, step *= 0.99)
            descent.NormalizedStep(step);
        Assert.InRange(descent.RelativeError(truth), 0, 1e-3);
    }

    [Fact]
    public void First_measurements_are_those_of_the_whole()
    {
        var truth = LowRankMatrix.Random(5, 1, 1, new Seed(27));
        var sensing = MatrixSensing.Gaussian(20, 5, new Seed(28));
        Assert.Equal(sensing.Observe(truth)[..7], sensing.First(7).Observe(truth));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        var sensing = MatrixSensing.Gaussian(5, 4, new Seed(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sensing.First(6));
        Assert.Throws<ArgumentException>(() => sensing.Observe(new double[9]));
        Assert.Throws<ArgumentException>(() => sensing.AbsoluteSlope(new double[10], new double[4], new double[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LowRankMatrix.Random(4, 5, 1, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LowRankMatrix.Random(4, 2, 0.5, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementNoise.Outliers([1], 1.2, 1, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementNoise.Gaussian([1], -1, new Seed(1)));
        Assert.Throws<ArgumentException>(() => SpectralInitialization.FromSigns(sensing, new double[5], 2, 1e-3));
        Assert.Throws<ArgumentException>(() => new FactorDescent(sensing, new double[5], new double[7], RecoveryLoss.Absolute));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignRip.Scale(0.1, 1, 0));
    }
}
