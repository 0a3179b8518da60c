namespace DailyPapers.Community.Collections;

/// <summary>Papers that a person put together, in an order of their own.</summary>
public sealed class Collection
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>The longest description, in characters.</summary>
    public const int LongestDescription = 1_000;

    /// <summary>Database identity; with <see cref="Slug"/> the collection's address.</summary>
    public long Id { get; set; }

    /// <summary>Whose it is.</summary>
    public required long AccountId { get; set; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>The name as addresses have it. It follows the name; the identity keeps old addresses working.</summary>
    public required string Slug { get; set; }

    /// <summary>What it is about.</summary>
    public string? Description { get; set; }

    /// <summary>Whether others see it.</summary>
    public bool IsPublic { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it, its papers, their order or notes last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Its papers.</summary>
    public List<CollectionEntry> Entries { get; } = [];
}
