using System.Management.Automation;

namespace PhysOpt.PowerShell.Plotting;

/// <summary>The file that a picture is written into: checked before anything is drawn, and written as a whole or not at all.</summary>
internal sealed class PictureTarget
{
    readonly bool force;

    PictureTarget(string path, bool isSvg, bool force) => (Path, IsSvg, this.force) = (path, isSvg, force);

    /// <summary>The full path, as the system has it.</summary>
    internal string Path { get; }

    /// <summary>True for SVG, false for PNG.</summary>
    internal bool IsSvg { get; }

    /// <summary>
    /// The file of a path as users give it: of any drive of the file system, relative to PowerShell's location, wildcard characters as they
    /// are.
    /// </summary>
    /// <exception cref="PictureException">There can be no such picture.</exception>
    internal static PictureTarget Of(PSCmdlet cmdlet, string path, bool force)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
        {
            throw new PictureException(
                "PathNotInFileSystem", ErrorCategory.InvalidArgument,
                    $"'{path}' is a path of the provider {provider.Name}, which holds no files.", "Give the path of a file.");
        }

        var extension = System.IO.Path.GetExtension(full);
        var isSvg = extension.Equals(".svg", StringComparison.OrdinalIgnoreCase);
        if (!isSvg && !extension.Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new PictureException(
                "ExtensionUnknown", ErrorCategory.InvalidArgument,
                extension.Length > 0 ? $"Pictures are not written as '{extension}': '{path}'."
                    : $"The file name '{path}' does not say how the picture is to be written.",
                "Give a path that ends in .png or .svg.");
        }

        if (Directory.Exists(full))
            throw new PictureException("PathIsFolder", ErrorCategory.InvalidArgument, $"'{full}' is a folder.",
                "Give the path of a file in it.");
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(full)))
        {
            throw new PictureException(
                "FolderNotFound", ErrorCategory.ObjectNotFound,
                    $"There is no folder '{System.IO.Path.GetDirectoryName(full)}' to write '{System.IO.Path.GetFileName(full)}' into.",
                "Create it first: New-Item -ItemType Directory.");
        }

        if (File.Exists(full) && !force) throw Exists(full);
        return new(full, isSvg, force);
    }

    static PictureException Exists(string path) =>
        new("FileExists", ErrorCategory.ResourceExists, $"There is a file '{path}' already.",
            "Use -Force to overwrite it, or give another path.");

    /// <summary>Writes the file: beside its place, and moves it there when it is complete.</summary>
    /// <exception cref="PictureException">It cannot be written.</exception>
    internal void Write(byte[] contents)
    {
        var beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, $".physopt-{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(beside, contents);
            if (force && File.Exists(Path) && File.GetAttributes(Path).HasFlag(FileAttributes.ReadOnly))
                File.SetAttributes(Path, FileAttributes.Normal);
            File.Move(beside, Path, overwrite: force);
        }
        catch (IOException) when (!force && File.Exists(Path))
        {
            throw Exists(Path); // it has come meanwhile
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PictureException(
                "AccessDenied", ErrorCategory.PermissionDenied, $"'{Path}' may not be written: {exception.Message}",
                    "Give a path in a folder that you may write into.", exception);
        }
        catch (IOException exception)
        {
            throw new PictureException("WriteFailed", ErrorCategory.WriteError, $"'{Path}' could not be written: {exception.Message}",
                "Look at the place and the room on the disk.", exception);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }
}
