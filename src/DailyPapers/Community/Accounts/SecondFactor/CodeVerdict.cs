namespace DailyPapers.Community.Accounts.SecondFactor;

/// <summary>What a code turned out to be.</summary>
public enum CodeVerdict
{
    /// <summary>Neither a code that holds now nor an unused recovery code.</summary>
    Wrong,

    /// <summary>The app's code of this moment.</summary>
    Code,

    /// <summary>A recovery code, used up by this.</summary>
    RecoveryCode,
}
