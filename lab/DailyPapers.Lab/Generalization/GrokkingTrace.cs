using DailyPapers.Lab.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>What a network does on its training labels and on fresh clean ones, step by step.</summary>
public sealed class GrokkingTrace
{
    private readonly List<GrokkingPoint> _points = [];

    /// <summary>The steps looked at, in order.</summary>
    public IReadOnlyList<GrokkingPoint> Points => _points;

    /// <summary>The first step looked at whose test accuracy is at least <paramref name="accuracy"/>, or null.</summary>
    public int? FirstStepAt(double accuracy) => _points.FirstOrDefault(point => point.TestAccuracy >= accuracy)?.Step;

    /// <summary>The point of <paramref name="step"/>.</summary>
    /// <exception cref="ArgumentException">That step was not looked at.</exception>
    public GrokkingPoint At(int step) => _points.FirstOrDefault(point => point.Step == step)
        ?? throw new ArgumentException($"Step {step} was not looked at.", nameof(step));

    // #region observe
    /// <summary>Looks at the present network.</summary>
    /// <param name="step">The number of steps taken.</param>
    /// <param name="trainingValues">f on the training inputs, (n,).</param>
    /// <param name="training">The training sample, whose noisy labels count.</param>
    /// <param name="testValues">f on the test inputs, (count,).</param>
    /// <param name="testLinearValues">The best linear fit to f on the test inputs, (count,).</param>
    /// <param name="testCleanLabels">The test inputs' labels before flipping, (count,).</param>
    public GrokkingPoint Observe(
        int step, Tensor trainingValues, XorSample training, Tensor testValues, Tensor testLinearValues, Tensor testCleanLabels)
    {
        ArgumentNullException.ThrowIfNull(trainingValues);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(testValues);
        ArgumentNullException.ThrowIfNull(testLinearValues);
        ArgumentNullException.ThrowIfNull(testCleanLabels);
        using var scope = NewDisposeScope();
        var point = new GrokkingPoint(
            step,
            Accuracy(trainingValues, training.Labels),
            Accuracy(trainingValues, training.CleanLabels),
            Accuracy(testValues, testCleanLabels),
            Correlation(testValues, testLinearValues));
        _points.Add(point);
        return point;
    }
    // #endregion observe

    private static double Accuracy(Tensor values, Tensor labels) => (values * labels > 0).to_type(ScalarType.Float64).mean().ToDouble();

    private static double Correlation(Tensor first, Tensor second)
    {
        var (a, b) = (first.to_type(ScalarType.Float64), second.to_type(ScalarType.Float64));
        var (da, db) = (a - a.mean(), b - b.mean());
        return ((da * db).sum() / (da.square().sum() * db.square().sum()).sqrt()).ToDouble();
    }
}
