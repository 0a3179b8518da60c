using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>A draw from <see cref="XorClusters"/>.</summary>
/// <param name="Inputs">x, (n, p).</param>
/// <param name="CleanLabels">Labels before flipping, +1 or -1, (n,).</param>
/// <param name="Labels">Labels after flipping, +1 or -1, (n,).</param>
public sealed record XorSample(Tensor Inputs, Tensor CleanLabels, Tensor Labels) : IDisposable
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Inputs.Dispose();
        CleanLabels.Dispose();
        Labels.Dispose();
    }
}
