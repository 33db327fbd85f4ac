using System.Management.Automation;
using System.Xml.Linq;
using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Plotting;

/// <summary>Export-TrajectoryPlot as users call it: what is in the file.</summary>
public sealed class ExportTrajectoryPlotTests(ModuleEngine module) : PictureTests(module)
{
    const string Blue = "#1F77B4", Orange = "#FF7F0E", Red = "#D62728", Black = "#000000", White = "#FFFFFF";

    const string Descent = "Invoke-GradientDescent ThreeSpaces -Eta 0.01 -Iterations 10";
    const string Three = $"@({Descent}; {Newton}; Invoke-InverseSimulator ThreeSpaces -Eta 0.3 -Iterations 10)";

    /// <summary>Records by hand, as they come from a file.</summary>
    const string ByHand = """
        function New-Record($i, $x) {
            $record = [pscustomobject] @{ Method = 'Mine'; Iteration = $i; Loss = 1.0; X = [PhysOpt.Vector] $x }
            $record.PSObject.TypeNames.Insert(0, 'Deserialized.PhysOpt.IterationRecord')
            $record
        };
        """;

    [Fact]
    public void A_picture_has_the_size_that_was_asked_and_the_colours_of_its_methods()
    {
        var picture = Png($"{Three} | Export-TrajectoryPlot $folder/p.png -Width 400 -Height 300");
        Assert.Equal((400, 300), (picture.Width, picture.Height));
        Assert.All([Blue, Orange, Red, Black], colour => Assert.True(picture.Count(colour) > 20, colour));
        Assert.True(picture.Count(White) > 400 * 300 / 2);
        Assert.Equal(White, picture[0, 0]);
    }

    [Fact]
    public void A_method_has_its_colour_alone_and_in_company()
    {
        var picture = Png($"{Newton} | Export-TrajectoryPlot $folder/p.png");
        Assert.Equal((800, 600), (picture.Width, picture.Height));
        Assert.True(picture.Count(Orange) > 100);
        Assert.Equal(0, picture.Count(Blue) + picture.Count(Red));
    }

    [Fact]
    public void Points_are_where_their_values_are()
    {
        // gradient descent keeps to the right half of x, from 3 to 2.45; the legend stands at the left
        var picture = Png($"{Descent} | Export-TrajectoryPlot $folder/p.png -Width 400 -Height 400 -Scatter");
        Assert.Equal(0, picture.Count(Blue, (x, y) => x is > 160 and < 280));
        Assert.True(picture.Count(Blue, (x, y) => x >= 280) > 100);
    }

    [Fact]
    public void A_drawing_has_its_text_as_text()
    {
        var svg = Svg($"{Three} | Export-TrajectoryPlot $folder/p.svg -Width 400 -Height 400");
        Assert.Equal(("svg", "400", "400"), (svg.Name.LocalName, svg.Attribute("width")!.Value, svg.Attribute("height")!.Value));
        var texts = Texts(svg);
        foreach (var text in new[] { "ThreeSpaces", "x0", "x1", "GradientDescent", "Newton", "InverseSimulator", "start", "solution", "0",
            "3" }) Assert.Contains(text, texts);
        Assert.Contains("#D62728", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Descendants().Attributes(), attribute => attribute.Value.TrimEnd().EndsWith(','));
    }

    [Fact]
    public void Titles_are_the_users_and_may_have_any_letters()
    {
        var texts = Texts(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg -Title 'η < 1 & \"ψ\"'"));
        Assert.Contains("η < 1 & \"ψ\"", texts);
        Assert.DoesNotContain("ThreeSpaces", Texts(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg -Title '' -Force")));
    }

    [Fact]
    public void A_title_that_is_too_long_is_made_to_fit()
    {
        var picture = Png($"{Newton} | Export-TrajectoryPlot $folder/p.png -Width 400 -Height 400 -Title ('long title ' * 6)");
        var top = Enumerable.Range(0, 400).Where(x => Enumerable.Range(0, 30).Any(y => picture[x, y] != White)).ToList();
        Assert.InRange(top.Min(), 1, 398);
        Assert.InRange(top.Max(), 1, 398);
        Assert.True(top.Max() - top.Min() > 200);
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(2000, 300)]
    public void Small_and_long_pictures_are_drawn(int width, int height)
    {
        var picture = Png($"{Three} | Export-TrajectoryPlot $folder/p.png -Width {width} -Height {height}");
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.True(picture.Count(Red) > 20);
        Assert.StartsWith("ParameterArgumentValidationError,", Error($"{Newton} | Export-TrajectoryPlot $folder/q.png -Width 50")
            .FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Space Y", "ThreeSpaces: y space|y0|y1|start|solution")]
    [InlineData("-Space Loss", "iteration|loss|10|1")]
    [InlineData("-Against Evaluations", "evaluations|loss")]
    [InlineData("-Component 1,0", "x1|x0")]
    [InlineData("-Component 1", "x1|loss")]
    public void Axes_say_what_they_show(string parameters, string labels)
    {
        var texts = Texts(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg {parameters}"));
        Assert.All(labels.Split('|'), label => Assert.Contains(label, texts));
    }

    [Fact]
    public void Contours_lie_around_the_path()
    {
        Assert.Equal(0, Contours(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg")));
        Assert.Equal(11, Contours(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg -Contour -Force")));
        Assert.Equal(11, Contours(Svg($"{Newton} | Export-TrajectoryPlot $folder/p.svg -Contour -Force -Space Y")));
    }

    [Theory]
    [InlineData("$x[0], ($x[1] * $x[1])")]
    // cannot be recorded, and has no value everywhere
    [InlineData("$null = Get-Command Out-Host; if ($x[0] -lt 0) { throw 'left' }; $x[0], ($x[1] * $x[1])")]
    public void Contours_of_script_blocks_are_drawn_too(string physics)
    {
        var svg = Svg($"Invoke-GradientDescent -Physics {{ param($x) {physics} }} -InitialGuess 3, 3 -Eta 0.01 -Iterations 3 " +
            $"-WarningAction Ignore | Export-TrajectoryPlot $folder/p.svg -Contour");
        Assert.InRange(Contours(svg), 10, 11);
    }

    static int Contours(XElement svg) => svg.Descendants().Count(path =>
        path.Name.LocalName == "path" && path.Attribute("d")!.Value.Count(letter => letter == 'M') > 8
            && path.Attribute("stroke")!.Value != "#E9E9E9");

    [Fact]
    public void A_long_state_is_a_line_per_iteration_or_a_heat_map()
    {
        var lines = Texts(Svg($"{Long} | Export-TrajectoryPlot $folder/p.svg"));
        Assert.All(["component i", "x_i", "iteration 0", "iteration 9"], text => Assert.Contains(text, lines));
        var map = Png($"{Long} | Export-TrajectoryPlot $folder/p.png -HeatMap -Width 400 -Height 300");
        Assert.True(map.Count("#FDE725") > 20); // the largest component at the start, in the lightest colour of viridis
        Assert.True(map.Count(White) < 400 * 300 * 2 / 3);
    }

    [Fact]
    public void A_problem_with_one_component_is_shown_with_its_loss()
    {
        var texts = Texts(Svg("Invoke-GradientDescent -Objective { param($x) $x[0] * $x[0] } -InitialGuess 3 -Eta 0.1 -Iterations 5 | " +
            "Export-TrajectoryPlot $folder/p.svg -Contour"));
        Assert.All(["x0", "loss", "start"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void One_record_is_a_picture_too() =>
        Assert.True(Png("Invoke-NewtonStep ThreeSpaces -Iterations 0 | Export-TrajectoryPlot $folder/p.png").Count(Orange) > 10);

    [Fact]
    public void Records_that_travelled_through_a_file_are_drawn()
    {
        const string Serializer = "[Management.Automation.PSSerializer]";
        Module.Output($"{Newton} | ForEach-Object {{ {Serializer}::Deserialize({Serializer}::Serialize($_)) }} | "
            + "Export-TrajectoryPlot $folder/p.png");
        Assert.True(PngImage.Read(At("p.png")).Count(Orange) > 100);
    }

    [Fact]
    public void Values_that_are_not_finite_are_left_out_with_a_warning()
    {
        var result = Module.Run(
            $"{ByHand} (New-Record 0 1,2), (New-Record 1 ([double]::NaN),2), (New-Record 2 3,4) | Export-TrajectoryPlot $folder/p.png");
        Assert.Empty(result.Errors);
        Assert.Contains("1 of 3 records", Assert.Single(result.Warnings), StringComparison.Ordinal);
        AssertError(Error($"{ByHand} New-Record 0 ([double]::NaN),2 | Export-TrajectoryPlot $folder/q.png"), "NoFiniteRecords",
            ErrorCategory.InvalidArgument, "finite");
    }

    [Fact]
    public void A_hundred_thousand_records_are_drawn_with_fewer_points_which_is_said()
    {
        var result = Module.Run(
            $"{ByHand} $r = New-Record 0 1,2; $all = foreach ($i in 1..100000) {{ $r }}; , $all | Export-TrajectoryPlot $folder/p.svg " +
            $"-Space Loss");
        Assert.Empty(result.Errors);
        Assert.StartsWith("100000 records are drawn as", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(new FileInfo(At("p.svg")).Length < 1_000_000);
    }
}
