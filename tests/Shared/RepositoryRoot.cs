namespace PhysOpt;

/// <summary>The clone that the tests were built in.</summary>
static class RepositoryRoot
{
    const string Mark = "PhysOpt.slnx";

    /// <summary>The folder that holds PhysOpt.slnx.</summary>
    internal static string Folder { get; } = Find();

    /// <summary>The path of a file or folder below it.</summary>
    internal static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"{Mark} is in no folder above '{AppContext.BaseDirectory}'.");
    }
}
