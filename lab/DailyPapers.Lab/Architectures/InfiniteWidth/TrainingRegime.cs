namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>What training does to a network as its width grows (arXiv:2011.14522, section 3).</summary>
public enum TrainingRegime
{
    /// <summary>Activations or outputs grow without bound with the width, at initialisation or in training.</summary>
    Unstable,

    /// <summary>The function does not move in any number of steps that is independent of the width.</summary>
    Trivial,

    /// <summary>The function moves by kernel gradient descent; the last hidden layer stays where it began.</summary>
    Kernel,

    /// <summary>The last hidden layer moves by an amount that does not vanish with the width.</summary>
    FeatureLearning,
}
