using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Training.Guidance;

/// <summary>Keeps what chosen layers of a network put out in its last forward pass, with the gradients' graph, until the next pass or <see cref="Clear"/>.</summary>
/// <remarks>The network stays as it is; disposing removes the hooks.</remarks>
public sealed class ActivationTap : IDisposable
{
    private readonly Action[] _remove;
    private readonly Tensor?[] _outputs;

    /// <summary>Hooks on layers.</summary>
    /// <param name="layers">The layers, in the order of their depth.</param>
    public ActivationTap(IReadOnlyList<Module<Tensor, Tensor>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers.Count, 1, nameof(layers));
        _outputs = new Tensor?[layers.Count];
        _remove = [.. layers.Select((layer, depth) => (Action)layer.register_forward_hook((_, _, output) => Keep(depth, output)).remove)];
    }

    /// <summary>Number of layers.</summary>
    public int Count => _outputs.Length;

    /// <summary>The output of a layer in the last pass.</summary>
    /// <param name="depth">The layer, from 0.</param>
    /// <exception cref="InvalidOperationException">There was no pass since the outputs were freed, or it did not reach the layer.</exception>
    public Tensor this[int depth] => _outputs[depth] ?? throw new InvalidOperationException($"Layer {depth} has put out nothing since the outputs were freed; call the network first.");

    /// <summary>Frees the outputs.</summary>
    public void Clear()
    {
        for (var depth = 0; depth < _outputs.Length; depth++)
        {
            _outputs[depth]?.Dispose();
            _outputs[depth] = null;
        }
    }

    /// <summary>Removes the hooks and frees the outputs.</summary>
    public void Dispose()
    {
        foreach (var remove in _remove)
            remove();
        Clear();
    }

    // A sequence of layers frees what goes from one to the next, so the tap keeps a view of its own, outside any scope.
    private Tensor Keep(int depth, Tensor output)
    {
        _outputs[depth]?.Dispose();
        _outputs[depth] = output.alias().DetachFromDisposeScope();
        return output;
    }
}
