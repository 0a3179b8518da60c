using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.ModularAddition;

/// <summary>
/// f(m, n) = W phi(U e_m + V e_n) with phi(x) = x^2 and no biases: two residues to one score a residue. Optionally with batch
/// normalisation after phi (arXiv:2310.13061, sections 1.1 and 3.2).
/// </summary>
/// <remarks>All three matrices are kept with one row a residue and one column a neuron, so that U e_m is a lookup.</remarks>
public sealed class QuadraticMlp : IDisposable
{
    private readonly TorchSharp.Modules.Embedding _left;
    private readonly TorchSharp.Modules.Embedding _right;

    /// <summary>Draws all weights from N(0, sigma^2) with sigma = (16 N)^(-1/3).</summary>
    /// <param name="modulus">p, at least 2.</param>
    /// <param name="width">N, positive.</param>
    /// <param name="seed">The stream of the draw.</param>
    /// <param name="normalised">Whether batch normalisation with a scale and a shift a neuron follows the activation.</param>
    /// <param name="dtype">Element type; float32 when null.</param>
    public QuadraticMlp(int modulus, int width, Seed seed, bool normalised = false, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var scale = Math.Pow(16.0 * width, -1.0 / 3);
        ((_left, Left), (_right, Right)) = (Lookup(Draw()), Lookup(Draw()));
        Output = Kept(Draw());
        if (normalised)
        {
            Normalisation = nn.BatchNorm1d(width, dtype: dtype);
            scope.Detach([.. Normalisation.parameters(), .. Normalisation.buffers()]);
        }

        Tensor Draw() => randn([modulus, width], dtype: dtype ?? ScalarType.Float32, generator: generator).mul_(scale);
    }

    private QuadraticMlp(Tensor left, Tensor right, Tensor output)
    {
        ((_left, Left), (_right, Right)) = (Lookup(left), Lookup(right));
        Output = Kept(output);
    }

    // #region analytic
    /// <summary>
    /// The solution in closed form: U_kj = cos(w_k j + a_k), V_kj = cos(w_k j + b_k), W_kq = cos(w_k q + a_k + b_k), each times
    /// (2/N)^(1/3), with w_k = 2 pi s_k / p, frequencies s_k in turn from 1 to (p - 1) / 2 and uniform phases a_k, b_k.
    /// </summary>
    /// <remarks>
    /// Of (cos x + cos y)^2 only the part cos(x + y) of 2 cos x cos y survives the mean over random phases when multiplied by
    /// W: it leaves cos(w_k (m + n - q)) / 2, whose sum over frequencies peaks at q = m + n mod p.
    /// </remarks>
    /// <param name="modulus">p, odd, at least 3.</param>
    /// <param name="width">N; at least several neurons a frequency are needed for the mean over phases to do its work.</param>
    /// <param name="seed">The stream of the phases.</param>
    public static QuadraticMlp AnalyticSolution(int modulus, int width, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, 3);
        ArgumentOutOfRangeException.ThrowIfEqual(modulus % 2, 0, nameof(modulus));
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        using var scope = NewDisposeScope();
        using var generator = seed.ToGenerator();
        var neurons = arange(width, dtype: ScalarType.Float64);
        var frequencies = neurons.remainder((modulus - 1) / 2) + 1;                                              // (N,) s_k
        var angles = arange(modulus, dtype: ScalarType.Float64).unsqueeze(1) * frequencies * (2 * Math.PI / modulus); // (p, N)
        var a = rand([width], dtype: ScalarType.Float64, generator: generator) * (2 * Math.PI);
        var b = rand([width], dtype: ScalarType.Float64, generator: generator) * (2 * Math.PI);
        var scale = Math.Pow(2.0 / width, 1.0 / 3);
        return new(Wave(angles + a), Wave(angles + b), Wave(angles + a + b));

        Tensor Wave(Tensor phases) => (phases.cos() * scale).to_type(ScalarType.Float32);
    }
    // #endregion analytic

    /// <summary>U transposed, (p, N).</summary>
    public Parameter Left { get; }

    /// <summary>V transposed, (p, N).</summary>
    public Parameter Right { get; }

    /// <summary>W, (p, N).</summary>
    public Parameter Output { get; }

    /// <summary>The normalisation after the activation, or null. Its mode, training or evaluation, is the caller's.</summary>
    public BatchNorm1d? Normalisation { get; }

    /// <summary>p.</summary>
    public int Modulus => (int)Left.shape[0];

    /// <summary>N.</summary>
    public int Width => (int)Left.shape[1];

    /// <summary>What an optimiser has to train.</summary>
    public IReadOnlyList<Parameter> Parameters => [Left, Right, Output, .. Normalisation?.parameters() ?? []];

    // #region forward
    /// <summary>Scores of all residues.</summary>
    /// <param name="left">m, (B,) of 64-bit integers.</param>
    /// <param name="right">n, (B,) of 64-bit integers.</param>
    /// <returns>f(m, n), (B, p).</returns>
    public Tensor Forward(Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        using var scope = NewDisposeScope();
        var hidden = (_left.forward(left) + _right.forward(right)).square(); // (B, N)
        if (Normalisation is not null)
            hidden = Normalisation.forward(hidden);
        return hidden.matmul(Output.t()).MoveToOuterDisposeScope();
    }
    // #endregion forward

    /// <summary>The residue of highest score, (B,) of 64-bit integers, without recording gradients.</summary>
    /// <param name="left">m, (B,) of 64-bit integers.</param>
    /// <param name="right">n, (B,) of 64-bit integers.</param>
    public Tensor Predict(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return Forward(left, right).argmax(1).MoveToOuterDisposeScope();
    }

    // #region periodicity
    /// <summary>How periodic each neuron is: the mean of the participation ratios of its rows of U and V and its column of W, (N,).</summary>
    public double[] Periodicity()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var ratios = new[] { Left, Right, Output }.Select(weights => InverseParticipationRatio.Compute(weights.t())).ToArray();
        return stack(ratios).mean([0]).to_type(ScalarType.Float64).data<double>().ToArray();
    }
    // #endregion periodicity

    /// <summary>A network of some of the neurons, with copies of their weights.</summary>
    /// <param name="neurons">Indices from 0 to <see cref="Width"/> - 1, at least one.</param>
    /// <exception cref="InvalidOperationException">The network is normalised, so that its neurons carry more than weights.</exception>
    public QuadraticMlp Keep(IReadOnlyList<int> neurons)
    {
        ArgumentNullException.ThrowIfNull(neurons);
        if (neurons.Count == 0 || neurons.Any(neuron => neuron < 0 || neuron >= Width))
            throw new ArgumentException($"Neurons to keep must be indices from 0 to {Width - 1}, at least one.", nameof(neurons));
        if (Normalisation is not null)
            throw new InvalidOperationException("Only a network without normalisation can be cut.");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var columns = tensor(neurons.Select(neuron => (long)neuron).ToArray());
        return new(Left.index_select(1, columns), Right.index_select(1, columns), Output.index_select(1, columns));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
        _left.Dispose();
        _right.Dispose();
        Output.Dispose();
        Normalisation?.Dispose();
    }

    // Every reading of the module's weight makes a new handle to it, so one is kept.
    private static (TorchSharp.Modules.Embedding Lookup, Parameter Weights) Lookup(Tensor rows)
    {
        var lookup = nn.Embedding_from_pretrained(rows.detach().clone(), freeze: false);
        var weights = lookup.weight!;
        weights.DetachFromDisposeScope();
        return (lookup, weights);
    }

    private static Parameter Kept(Tensor values)
    {
        var parameter = new Parameter(values.detach().clone(), requires_grad: true);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
