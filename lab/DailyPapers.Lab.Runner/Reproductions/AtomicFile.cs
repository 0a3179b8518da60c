using System.Text;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>Writes a file whole or not at all: beside its place, then renamed over it.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] content)
    {
        var beside = path + ".partial";
        File.WriteAllBytes(beside, content);
        File.Move(beside, path, overwrite: true);
    }
}
