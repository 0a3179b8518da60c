namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>The nonlinearity φ of an <see cref="AbcMlp"/>.</summary>
public enum AbcActivation
{
    /// <summary>φ(h) = h.</summary>
    Identity,

    /// <summary>φ(h) = tanh h.</summary>
    Tanh,
}
