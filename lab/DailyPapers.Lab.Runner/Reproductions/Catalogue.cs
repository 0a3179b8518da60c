namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>The reproductions compiled into this program, by slug.</summary>
public static class Catalogue
{
    private const string Root = "DailyPapers.Lab.Runner.Papers.";

    /// <summary>All reproductions, ordered by slug, with their declarations checked.</summary>
    /// <exception cref="InvalidOperationException">A paper's class, folder and slug don't belong together, or its declaration is inconsistent.</exception>
    public static IReadOnlyList<IReproduction> All { get; } =
        [.. typeof(Catalogue).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IReproduction)))
            .Select(Create)
            .OrderBy(reproduction => reproduction.Declaration.Slug, StringComparer.Ordinal)];

    /// <summary>The reproduction of <paramref name="slug"/>, or null when there is none.</summary>
    public static IReproduction? Find(string slug) => All.FirstOrDefault(reproduction => reproduction.Declaration.Slug == slug);

    private static IReproduction Create(Type type)
    {
        var reproduction = (IReproduction)Activator.CreateInstance(type, nonPublic: true)!;
        try
        {
            var folder = reproduction.Declaration.Checked().Folder;
            return type.FullName == $"{Root}{folder}.Reproduction"
                ? reproduction
                : throw new InvalidOperationException(
                    $"The reproduction of '{reproduction.Declaration.Slug}' must be the class {Root}{folder}.Reproduction in Papers/{folder}/; it is {type.FullName}.");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new InvalidOperationException($"The declaration of {type.FullName} is inconsistent. {exception.Message}", exception);
        }
    }
}
