using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>$TestDrive and TestDrive: an empty folder for one spec file. What a block put there goes when the block ends.</summary>
public sealed class TestDrive : IDisposable
{
    const string Name = "TestDrive";
    readonly Stack<HashSet<string>> _before = [];

    public TestDrive(SessionStateProxy session)
    {
        session.Drive.New(new PSDriveInfo(Name, session.Provider.GetOne("FileSystem"), Folder, "test drive", null), "global");
        session.SetVariable(Name, Folder);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("spec-").FullName;

    public void EnterBlock() => _before.Push([.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)]);

    public void LeaveBlock()
    {
        var before = _before.Pop();
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(f => !before.Contains(f)))
            File.Delete(file);
        // a folder comes before the folders within it: the other way around, each is empty when its turn comes
        foreach (var folder in Directory.GetDirectories(Folder, "*", SearchOption.AllDirectories).Where(f => !before.Contains(f)).Reverse())
            Directory.Delete(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
