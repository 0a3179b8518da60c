using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.Transformers;

/// <summary>Blocks one after another.</summary>
internal static class BlockSequence
{
    /// <summary>The last block's output. What goes from one block to the next is freed on the way, so that without gradients memory does not grow with depth.</summary>
    /// <param name="blocks">The blocks, first to last.</param>
    /// <param name="input">What the first one reads; it is not freed.</param>
    internal static Tensor Run(IEnumerable<Module<Tensor, Tensor>> blocks, Tensor input)
    {
        var tokens = input;
        foreach (var block in blocks)
        {
            var next = block.call(tokens);
            if (!ReferenceEquals(tokens, input) && !ReferenceEquals(tokens, next))
                tokens.Dispose();
            tokens = next;
        }
        return tokens;
    }
}
