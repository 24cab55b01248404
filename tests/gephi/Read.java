import java.io.File;
import java.util.Map;
import java.util.logging.LogManager;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/**
 * Imports networks as Gephi does. Arguments: the files; prints for each lines of tab-separated values: "file"; "issue",
 * level and message; "graph", numbers of nodes, of edges and of directed ones, "true" or "false" for whether they change
 * in time; "node", id, x, y, colour in hexadecimal digits.
 */
public class Read {
    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        for (String file : files) {
            ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
            projects.newProject();
            ImportController importer = Lookup.getDefault().lookup(ImportController.class);
            Container container = importer.importFile(new File(file));
            System.out.println("file");
            for (Issue issue : container.getReport().getIssuesList(Integer.MAX_VALUE)) {
                System.out.println("issue\t" + issue.getLevel() + "\t" + issue.getMessage());
            }
            container.getLoader().setAutoScale(false);
            importer.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
            GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
            Graph graph = model.getGraph();
            int directed = 0;
            for (Edge edge : graph.getEdges()) {
                directed += edge.isDirected() ? 1 : 0;
            }
            System.out.println("graph\t" + graph.getNodeCount() + "\t" + graph.getEdgeCount() + "\t" + directed + "\t"
                    + model.isDynamic());
            for (Node node : graph.getNodes()) {
                System.out.println("node\t" + node.getId() + "\t" + node.x() + "\t" + node.y() + "\t"
                        + String.format("%06x", node.getColor().getRGB() & 0xffffff));
            }
            projects.closeCurrentProject();
        }
    }
}
