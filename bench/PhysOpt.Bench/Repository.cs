namespace PhysOpt.Bench;

/// <summary>Where things lie: the clone that this program was built in.</summary>
internal static class Repository
{
    /// <summary>The nearest folder above this program that holds PhysOpt.psd1.</summary>
    internal static string Root { get; } = Find();

    /// <summary>The module's manifest.</summary>
    internal static string Manifest => File("PhysOpt.psd1");

    /// <summary>A file of the repository.</summary>
    internal static string File(params string[] path) => Path.Combine([Root, .. path]);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "PhysOpt.psd1"))) return folder.FullName;
        }

        throw new FileNotFoundException("There is no PhysOpt.psd1 above this program.");
    }
}
