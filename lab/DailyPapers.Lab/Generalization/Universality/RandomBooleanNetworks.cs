using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.Universality;

/// <summary>Boolean functions of ReLU networks with one hidden layer whose parameters are drawn uniformly: the prior over functions.</summary>
/// <param name="inputs">Number of input bits, from 1 to 7; bits are 0 and 1.</param>
/// <param name="hidden">Hidden neurons.</param>
public sealed class RandomBooleanNetworks(int inputs, int hidden)
{
    private const int Batch = 500;

    private readonly int _inputs = inputs is >= 1 and <= 7
        ? inputs
        : throw new ArgumentOutOfRangeException(nameof(inputs), inputs, "Truth tables hold at most 128 bits, so there are from 1 to 7 inputs.");

    private readonly int _hidden = hidden >= 1 ? hidden : throw new ArgumentOutOfRangeException(nameof(hidden), hidden, "At least one hidden neuron is needed.");

    /// <summary>How often each function occurs among <paramref name="count"/> networks, weights and biases uniform on ±1/√fan-in.</summary>
    public Dictionary<BooleanFunction, int> Sample(int count, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var length = 1 << _inputs;
        var points = new float[(_inputs + 1) * length]; // the last row is the bias's
        for (var x = 0; x < length; x++)
        {
            for (var bit = 0; bit < _inputs; bit++)
                points[bit * length + x] = x >> bit & 1;
            points[_inputs * length + x] = 1;
        }
        var table = tensor(points, _inputs + 1, length);
        var frequencies = new Dictionary<BooleanFunction, int>();
        var outputs = new float[Batch * length];
        for (var done = 0; done < count; done += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var batch = NewDisposeScope();
            var networks = Math.Min(Batch, count - done);
            var first = Uniform([networks * _hidden, _inputs + 1], _inputs);
            var second = Uniform([networks, 1, _hidden], _hidden);
            var bias = Uniform([networks, 1], _hidden);
            var activations = first.mm(table).relu_().reshape(networks, _hidden, length);
            second.bmm(activations).squeeze(1).add_(bias).data<float>().CopyTo(outputs);
            for (var network = 0; network < networks; network++)
            {
                var bits = UInt128.Zero;
                for (var x = 0; x < length; x++)
                    if (outputs[network * length + x] > 0)
                        bits |= UInt128.One << x;
                var function = new BooleanFunction(bits, _inputs);
                frequencies[function] = frequencies.GetValueOrDefault(function) + 1;
            }
        }
        return frequencies;

        Tensor Uniform(long[] shape, int fanIn) => empty(shape).uniform_(-1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn), generator);
    }
}
