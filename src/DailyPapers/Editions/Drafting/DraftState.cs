namespace DailyPapers.Editions.Drafting;

/// <summary>How far a draft is.</summary>
public enum DraftState
{
    /// <summary>Being arranged.</summary>
    Open,

    /// <summary>Becomes the edition by itself when its time has come.</summary>
    Scheduled,

    /// <summary>Has become the edition; later changes are published by hand.</summary>
    Published,
}
