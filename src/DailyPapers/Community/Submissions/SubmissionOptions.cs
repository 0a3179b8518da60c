namespace DailyPapers.Community.Submissions;

/// <summary>How readers submit papers; section <c>Submissions</c> of the settings.</summary>
public sealed class SubmissionOptions
{
    /// <summary>Papers a reader may submit in 24 hours; curators may submit any number.</summary>
    public int PerDay { get; set; } = 10;

    /// <summary>Whether arXiv is asked for a submitted paper's title, authors and abstract. Otherwise they are typed in.</summary>
    public bool Fetch { get; set; } = true;

    /// <summary>How long a submitter waits for arXiv before the paper may be typed in instead.</summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
