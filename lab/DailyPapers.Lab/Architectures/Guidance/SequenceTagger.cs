using DailyPapers.Lab.Architectures.Transformers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Guidance;

/// <summary>Symbols in, logits of symbols out, token by token: an embedding, layers of any kind, a linear layer.</summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class SequenceTagger : Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding _embedding;
    private readonly TorchSharp.Modules.Embedding? _positions;
    private readonly ModuleList<Module<Tensor, Tensor>> _layers;
    private readonly Linear _output;
    private readonly int _tokens; // the longest sequence; 0 where any length will do

    private SequenceTagger(int symbols, long dim, long hidden, int tokens, IEnumerable<Module<Tensor, Tensor>> layers, Device? device, ScalarType? dtype)
        : base(nameof(SequenceTagger))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(symbols, 2);
        _tokens = tokens;
        _embedding = nn.Embedding(symbols, dim, device: device, dtype: dtype);
        if (tokens > 0)
            _positions = nn.Embedding(tokens, dim, device: device, dtype: dtype);
        _layers = ModuleList<Module<Tensor, Tensor>>([.. layers]);
        ArgumentOutOfRangeException.ThrowIfLessThan(_layers.Count, 1, "depth");
        _output = Linear(hidden, symbols, true, device, dtype);
        RegisterComponents();
    }

    /// <summary>A stack of tanh layers that read one token after the other.</summary>
    /// <param name="symbols">Number of symbols.</param>
    /// <param name="dim">Numbers of an embedded symbol.</param>
    /// <param name="hidden">Neurons of a layer.</param>
    /// <param name="depth">Number of layers.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static SequenceTagger Recurrent(int symbols, long dim, long hidden, int depth, Device? device = null, ScalarType? dtype = null) => new(
        symbols, dim, hidden, 0, Enumerable.Range(0, depth).Select(layer => new RecurrentLayer(layer == 0 ? dim : hidden, hidden, device, dtype)), device, dtype);

    /// <summary>A causal transformer with learnt positions.</summary>
    /// <param name="symbols">Number of symbols.</param>
    /// <param name="tokens">Length of the longest sequence.</param>
    /// <param name="dim">Channels of a token.</param>
    /// <param name="heads">Heads of the attention.</param>
    /// <param name="depth">Number of blocks.</param>
    /// <param name="device">Where the weights live; the CPU unless given.</param>
    /// <param name="dtype">The weights' type; 32-bit floats unless given.</param>
    public static SequenceTagger Transformer(int symbols, int tokens, long dim, long heads, int depth, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        return new(
            symbols, dim, dim, tokens, Enumerable.Range(0, depth).Select(_ => TransformerBlock.Plain(dim, heads, 4 * dim, causal: true, device, dtype)), device, dtype);
    }

    /// <summary>The layers between embedding and output, first to last.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Layers => [.. _layers];

    /// <inheritdoc/>
    /// <param name="input">Symbols, (n, tokens), 64-bit integers.</param>
    /// <returns>Logits, (n, tokens, symbols).</returns>
    /// <exception cref="ArgumentException">The shape is wrong, or there are more tokens than positions were learnt.</exception>
    public override Tensor forward(Tensor input)
    {
        TensorShape.Require(input, nameof(input), TensorShape.Any, TensorShape.Any);
        if (_positions is not null && input.shape[1] > _tokens)
            throw new ArgumentException($"input: expected at most {_tokens} tokens, got {input.shape[1]}", nameof(input));
        using var scope = NewDisposeScope();
        var x = _embedding.call(input);
        if (_positions is not null)
            x = x + _positions.call(arange(input.shape[1], device: input.device));
        foreach (var layer in _layers)
            x = layer.call(x);
        return _output.call(x).MoveToOuterDisposeScope();
    }
}
