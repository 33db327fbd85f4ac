using System.Management.Automation;
using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Plotting;

/// <summary>The file of Export-TrajectoryPlot: where it may be, when it is written, and what is said when there can be none.</summary>
public sealed class PictureFileTests(ModuleEngine module) : PictureTests(module)
{
    [Fact]
    public void Nothing_to_draw_is_an_error_and_writes_nothing() =>
        AssertError(Error("@() | Export-TrajectoryPlot $folder/p.png"), "NoRecords", ErrorCategory.InvalidArgument, "no record");

    [Fact]
    public void Runs_of_different_lengths_are_refused() => AssertError(
        Error($"@({Newton}; {Long}) | Export-TrajectoryPlot $folder/p.png"), "TrajectoriesDifferInLength", ErrorCategory.InvalidArgument,
            "2 components in Newton run 0, but 20 in GradientDescent run 0");

    [Theory]
    [InlineData("$folder/p.jpg", "ExtensionUnknown", ErrorCategory.InvalidArgument, "'.jpg'")]
    [InlineData("$folder/p", "ExtensionUnknown", ErrorCategory.InvalidArgument, "does not say")]
    [InlineData("$folder/no/p.png", "FolderNotFound", ErrorCategory.ObjectNotFound, "no folder")]
    [InlineData("Env:p.png", "PathNotInFileSystem", ErrorCategory.InvalidArgument, "Environment")]
    public void A_path_that_cannot_be_is_refused_before_anything_runs(string path, string id, ErrorCategory category, string message)
    {
        Module.Calls = 0;
        AssertError(Error($"1 | ForEach-Object {{ $counter[0]++; {Newton} }} | Export-TrajectoryPlot \"{path}\""), id, category, message);
        Assert.Equal(0, Module.Calls);
    }

    [Fact]
    public void A_drive_that_is_not_there_is_named() =>
        Assert.Contains("nowhere", Error($"{Newton} | Export-TrajectoryPlot nowhere:/p.png").ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_no_file()
    {
        Directory.CreateDirectory(At("f.png"));
        AssertError(Error($"{Newton} | Export-TrajectoryPlot $folder/f.png -Force"), "PathIsFolder", ErrorCategory.InvalidArgument,
            "f.png");
    }

    [Fact]
    public void A_file_that_exists_is_overwritten_with_Force_only()
    {
        File.WriteAllText(At("p.svg"), "mine");
        AssertError(Error($"{Newton} | Export-TrajectoryPlot $folder/p.svg"), "FileExists", ErrorCategory.ResourceExists, "p.svg");
        Assert.Equal("mine", File.ReadAllText(At("p.svg")));
        Assert.Contains("Newton", Texts(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg -Force")));
        Assert.Equal([At("p.svg")], Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_read_only_file_is_overwritten_with_Force()
    {
        File.WriteAllText(At("p.svg"), "mine");
        File.SetAttributes(At("p.svg"), FileAttributes.ReadOnly);
        Assert.Contains("Newton", Texts(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg -Force")));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_into_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a folder that even an administrator may not write into");
        AssertError(Error($"{Newton} | Export-TrajectoryPlot /sys/physopt.png"), "AccessDenied", ErrorCategory.PermissionDenied,
            "/sys/physopt.png");
    }

    [Theory]
    [InlineData("a[1].png")]
    [InlineData("[p].svg")]
    [InlineData("b c.PNG")]
    public void Names_are_taken_as_they_are(string name)
    {
        Module.Output($"{Newton} | Export-TrajectoryPlot \"$folder/{name}\"");
        Assert.Equal([At(name)], Directory.GetFiles(Folder));
    }

    [Fact]
    public void Paths_are_relative_to_the_location_and_may_name_a_drive()
    {
        Module.Output($$"""
            $null = $ExecutionContext.SessionState.Drive.New([System.Management.Automation.PSDriveInfo]::new('Plots', $ExecutionContext.SessionState.Provider.GetOne('FileSystem'), $folder, '', $null), 'Global')
            {{Newton}} | Export-TrajectoryPlot Plots:/drive.png
            $null = $ExecutionContext.SessionState.Path.PushCurrentLocation('here')
            $null = $ExecutionContext.SessionState.Path.SetLocation('Plots:/')
            try { {{Newton}} | Export-TrajectoryPlot relative.png; {{Newton}} | Export-TrajectoryPlot ./dot.svg }
            finally { $null = $ExecutionContext.SessionState.Path.PopLocation('here') }
            """);
        Assert.Equal([At("dot.svg"), At("drive.png"), At("relative.png")], Directory.GetFiles(Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatIf_writes_nothing_and_PassThru_returns_the_file()
    {
        Module.Output($"{Newton} | Export-TrajectoryPlot $folder/p.png -WhatIf");
        Assert.Empty(Directory.GetFiles(Folder));
        Assert.Equal(At("p.png"), Module.Single<FileInfo>($"{Newton} | Export-TrajectoryPlot $folder/p.png -PassThru").FullName);
        Assert.Empty(Module.Output($"{Newton} | Export-TrajectoryPlot $folder/q.png"));
    }
}
