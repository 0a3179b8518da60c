namespace DailyPapers.Lab.Architectures.RaftMlp;

/// <summary>One level of a <see cref="RaftMlpOptions">RaftMLP</see>: an embedding, then blocks on a grid of one size.</summary>
/// <param name="Dim">Channels.</param>
/// <param name="Depth">Number of blocks.</param>
/// <param name="Kernels">Sides of the embedding's patches; the smallest is the stride.</param>
/// <param name="Raft">r, channels that are mixed together with the tokens.</param>
public sealed record RaftMlpLevel(int Dim, int Depth, IReadOnlyList<int> Kernels, int Raft = 2)
{
    /// <summary>Distance of the patches.</summary>
    public int Stride => Kernels.Min();
}
