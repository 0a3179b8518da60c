using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization;

/// <summary>
/// Full-batch gradient descent of a <see cref="TwoLayerRelu"/> in the coordinates of the training span, where a step costs
/// n^2 m instead of n p m.
/// </summary>
/// <remarks>
/// Every gradient is a combination of the training inputs, so W_t = W_0 + A_t X for an (m, n) matrix A_t with A_0 = 0, and
/// everything asked of the network needs inner products only: X W_t' = X W_0' + G A_t' with G = X X'. This is the same descent, not
/// an approximation; p = 40,000 then costs as much a step as p = 400.
/// </remarks>
public sealed class SpanDescent : IDisposable
{
    private readonly TwoLayerRelu _network;
    private readonly XorSample _training;
    private readonly ProjectedPoints _trainingPoints; // X W_0', (n, m), and G, (n, n)
    private readonly Tensor _coordinates;             // A, (m, n)

    /// <summary>Starts at the network's present weights. Network and sample stay the caller's and must not change.</summary>
    public SpanDescent(TwoLayerRelu network, XorSample training)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        _network = network;
        _training = training;
        _trainingPoints = Project(training.Inputs);
        _coordinates = zeros([network.Output.shape[0], training.Labels.shape[0]], dtype: training.Labels.dtype);
    }

    // #region span-step
    /// <summary>One step of size alpha: A &lt;- A - alpha C', with C the gradient's coefficients.</summary>
    public void Step(double stepSize)
    {
        using var scope = NewDisposeScope();
        var coefficients = TwoLayerRelu.Coefficients(Hidden(_trainingPoints), _training.Labels, _network.Output); // (n, m)
        _coordinates.sub_(coefficients.t() * stepSize);
    }

    /// <summary>&lt;w_j, x&gt; at the present weights, (count, m).</summary>
    public Tensor Hidden(ProjectedPoints points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return addmm(points.Initial, points.Span, _coordinates.t(), 1, 1);
    }
    // #endregion span-step

    /// <summary>The inner products of fixed points (count, p) with W_0 and X, once for all steps.</summary>
    public ProjectedPoints Project(Tensor points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new(points.matmul(_network.Weights.t()), points.matmul(_training.Inputs.t()));
    }

    /// <summary>f of the points, (count,).</summary>
    public Tensor Values(ProjectedPoints points)
    {
        using var scope = NewDisposeScope();
        return _network.Values(Hidden(points)).MoveToOuterDisposeScope();
    }

    /// <summary>The best linear fit to f at the points, (count,); see <see cref="TwoLayerRelu.LinearPart"/>.</summary>
    public Tensor LinearValues(ProjectedPoints points)
    {
        using var scope = NewDisposeScope();
        return _network.LinearPart(Hidden(points)).MoveToOuterDisposeScope();
    }

    /// <summary>f of the training points, (n,).</summary>
    public Tensor TrainingValues() => Values(_trainingPoints);

    /// <summary>Frees the coordinates and inner products.</summary>
    public void Dispose()
    {
        _trainingPoints.Dispose();
        _coordinates.Dispose();
    }
}
