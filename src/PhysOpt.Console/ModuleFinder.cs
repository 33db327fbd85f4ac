namespace PhysOpt.Hosting;

/// <summary>Finds the module's manifest: the nearest folder, from the program's own upwards, that holds PhysOpt.psd1.</summary>
internal static class ModuleFinder
{
    public const string ManifestName = "PhysOpt.psd1";

    public static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, ManifestName);
            if (File.Exists(manifest))
                return manifest;
        }
        return null;
    }
}
