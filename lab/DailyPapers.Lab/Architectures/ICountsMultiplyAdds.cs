namespace DailyPapers.Lab.Architectures;

/// <summary>
/// A module whose arithmetic is not that of the modules inside it (attention's products, an einsum, mixing by a bare parameter).
/// Modules inside it are counted beside it.
/// </summary>
public interface ICountsMultiplyAdds
{
    /// <summary>The multiply-adds of one call besides those of the modules inside.</summary>
    /// <param name="input">The shape of its input.</param>
    /// <param name="output">The shape of its output.</param>
    long MultiplyAdds(ReadOnlySpan<long> input, ReadOnlySpan<long> output);
}
