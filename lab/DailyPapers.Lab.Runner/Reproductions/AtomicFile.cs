namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>Writes a file whole or not at all: beside its place, then renamed over it.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text)
    {
        var beside = path + ".partial";
        File.WriteAllText(beside, text);
        File.Move(beside, path, overwrite: true);
    }
}
