namespace DailyPapers.Lab.Generalization.ModularAddition;

/// <summary>What a network made of partly wrong labels (arXiv:2310.13061, section 2.1).</summary>
public enum GrokkingPhase
{
    /// <summary>It knows the rule and the wrong labels too.</summary>
    Coexistence,

    /// <summary>It knows the rule and some of the wrong labels.</summary>
    PartialInversion,

    /// <summary>It knows the rule and contradicts all wrong labels.</summary>
    FullInversion,

    /// <summary>It knows the training labels, right and wrong, and not the rule.</summary>
    Memorisation,

    /// <summary>It knows neither.</summary>
    Forgetting,
}
