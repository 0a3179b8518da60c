using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.ModularAddition;

/// <summary>
/// Full-batch AdamW on the mean squared error of a <see cref="QuadraticMlp"/> against one-hot labels (arXiv:2310.13061, section 1.1:
/// step size 0.01, betas 0.9 and 0.98, decoupled weight decay).
/// </summary>
/// <remarks>
/// Each step computes the scores of all p^2 pairs, those to be tested on included, in buffers that are kept. That is about half as much
/// arithmetic again as the training pairs alone would take, but needs no lookups and no fresh memory, and shows every accuracy at once.
/// </remarks>
public sealed class WholeTableDescent : IDisposable
{
    private readonly QuadraticMlp _network;
    private readonly Tensor _sums;      // (p^2, N) U e_m + V e_n
    private readonly Tensor _hidden;    // (p^2, N) its square; then the loss's slope by it
    private readonly Tensor _scores;    // (p^2, p) f; then the loss's slope by it
    private readonly Tensor _targets;   // (p^2, p) one-hot training labels, results elsewhere
    private readonly Tensor _weights;   // (p^2, 1) 2 / (n p) on training pairs, 0 elsewhere
    private readonly Tensor _trainCells;
    private readonly Tensor _testCells;
    private readonly Tensor _trainLabels;
    private readonly Tensor _testResults;
    private readonly int _wrong;
    private readonly double _stepSize;
    private readonly double _weightDecay;
    private readonly Moments[] _moments;
    private int _step;

    /// <summary>Prepares the descent; the network stays the caller's and is trained in place.</summary>
    /// <param name="network">The network, without normalisation.</param>
    /// <param name="data">Pairs and labels of the same modulus; the data may be disposed afterwards.</param>
    /// <param name="weightDecay">lambda, not negative; a step shrinks weights by the factor 1 - stepSize lambda.</param>
    /// <param name="stepSize">The step size.</param>
    public WholeTableDescent(QuadraticMlp network, ModularArithmeticDataset data, double weightDecay, double stepSize = 0.01)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        if (network.Normalisation is not null)
            throw new ArgumentException("Normalisation would see the test pairs; train a normalised network on batches.", nameof(network));
        if (network.Modulus != data.Modulus)
            throw new ArgumentException($"The network computes modulo {network.Modulus}, the data modulo {data.Modulus}.", nameof(data));
        using var scope = NewDisposeScope();
        _network = network;
        _wrong = data.WrongCount;
        (_stepSize, _weightDecay) = (stepSize, weightDecay);
        long p = data.Modulus, cells = p * p;
        var type = network.Left.dtype;
        _trainCells = (data.Train.Left * p + data.Train.Right).DetachFromDisposeScope();
        _testCells = (data.Test.Left * p + data.Test.Right).DetachFromDisposeScope();
        _trainLabels = data.TrainLabels.clone().DetachFromDisposeScope();
        _testResults = data.Test.Results.clone().DetachFromDisposeScope();
        var labels = zeros([cells], dtype: ScalarType.Int64);
        labels.index_copy_(0, _trainCells, _trainLabels).index_copy_(0, _testCells, _testResults);
        _targets = nn.functional.one_hot(labels, p).to_type(type).DetachFromDisposeScope();
        _weights = zeros([cells, 1], dtype: type).index_fill_(0, _trainCells, 2.0 / (data.Train.Count * p)).DetachFromDisposeScope();
        _sums = empty([cells, network.Width], dtype: type).DetachFromDisposeScope();
        _hidden = empty_like(_sums).DetachFromDisposeScope();
        _scores = empty([cells, p], dtype: type).DetachFromDisposeScope();
        _moments = [.. new[] { network.Left, network.Right, network.Output }.Select(weights => new Moments(weights))];
    }

    // #region step
    /// <summary>One step.</summary>
    /// <returns>The accuracies before it.</returns>
    public CorruptedAccuracy Step()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var accuracy = Look();
        Differentiate();
        _step++;
        foreach (var moments in _moments)
            moments.Step(_step, _stepSize, _weightDecay);
        return accuracy;
    }

    /// <summary>The accuracies at the present weights.</summary>
    public CorruptedAccuracy Look()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var table = _sums.view(_network.Modulus, _network.Modulus, -1);
        table.copy_(_network.Left.unsqueeze(1)).add_(_network.Right.unsqueeze(0));
        _hidden.copy_(_sums).mul_(_sums);
        _scores.addmm_(_hidden, _network.Output.t(), beta: 0, alpha: 1);
        var predicted = _scores.argmax(1);
        var train = predicted.index_select(0, _trainCells).eq(_trainLabels);
        var test = predicted.index_select(0, _testCells).eq(_testResults);
        return CorruptedAccuracy.Of(train, _wrong, test);
    }

    // From the scores to the parameters' slopes; scores and hidden values are overwritten by theirs.
    private void Differentiate()
    {
        _scores.sub_(_targets).mul_(_weights);                                           // dL/df
        _moments[2].Gradient.addmm_(_scores.t(), _hidden, beta: 0, alpha: 1);
        _hidden.addmm_(_scores, _network.Output, beta: 0, alpha: 2).mul_(_sums);         // dL/d(U e_m + V e_n), by 2 x = d(x^2)/dx
        var table = _hidden.view(_network.Modulus, _network.Modulus, -1);
        _moments[0].Gradient.copy_(table.sum([1]));
        _moments[1].Gradient.copy_(table.sum([0]));
    }
    // #endregion step

    /// <summary>dL/dU, dL/dV and dL/dW at the present weights, as copies in the layout of the network's matrices, (p, N) each.</summary>
    public (Tensor Left, Tensor Right, Tensor Output) Gradients()
    {
        using var noGradient = no_grad();
        Look();
        Differentiate();
        return (_moments[0].Gradient.clone(), _moments[1].Gradient.clone(), _moments[2].Gradient.clone());
    }

    /// <summary>Frees the buffers; the network stays.</summary>
    public void Dispose()
    {
        foreach (var moments in _moments)
            moments.Dispose();
        foreach (var buffer in new[] { _sums, _hidden, _scores, _targets, _weights, _trainCells, _testCells, _trainLabels, _testResults })
            buffer.Dispose();
    }

    // AdamW in place on one matrix.
    private sealed class Moments : IDisposable
    {
        private const double Beta1 = 0.9, Beta2 = 0.98, Epsilon = 1e-8;

        private readonly Tensor _weights;
        private readonly Tensor _first;
        private readonly Tensor _second;

        public Moments(Tensor weights)
        {
            _weights = weights;
            _first = zeros_like(weights, requires_grad: false).DetachFromDisposeScope();
            _second = zeros_like(weights, requires_grad: false).DetachFromDisposeScope();
            Gradient = zeros_like(weights, requires_grad: false).DetachFromDisposeScope();
        }

        public Tensor Gradient { get; }

        public void Step(int step, double stepSize, double weightDecay)
        {
            _weights.mul_(1 - stepSize * weightDecay);
            _first.mul_(Beta1).add_(Gradient, alpha: 1 - Beta1);
            _second.mul_(Beta2).addcmul_(Gradient, Gradient, 1 - Beta2);
            var root = _second.sqrt().div_(Math.Sqrt(1 - Math.Pow(Beta2, step))).add_(Epsilon);
            _weights.addcdiv_(_first, root, -stepSize / (1 - Math.Pow(Beta1, step)));
        }

        public void Dispose()
        {
            _first.Dispose();
            _second.Dispose();
            Gradient.Dispose();
        }
    }
}
